// What goes with the piece that was scanned last: told below the lines, never in the way of the keyboard.

import { $ } from "../dom.js";
import { fieldOf, linesOf } from "./lines.js";

/** What the house must know to offer something: whose sale it is, and the other pieces. Nothing where nothing is shown. */
export function told(form, line) {
  const said = new URLSearchParams();
  if (!$("[data-companions]", form)) return said;
  said.set("beside", "1");
  said.set("client", $("[name=client]", form).value);
  for (const other of linesOf(form)) if (other !== line) said.append("other", fieldOf(other, "article").value);
  return said;
}

function lineOf(one) {
  const item = document.createElement("li");
  const what = document.createElement(one.page ? "a" : "strong");
  if (one.page) Object.assign(what, { href: one.page, target: "_blank", rel: "noopener" });
  what.textContent = [one.what, one.price].filter(Boolean).join(" · ");
  const why = document.createElement("span");
  why.textContent = [one.here, one.reason].filter(Boolean).join(" · ");
  item.append(what, why);
  return item;
}

/** The last scan says what is offered; one with nothing to offer leaves what stands. */
export function show(form, companions) {
  const place = $("[data-companions]", form);
  if (!place || !companions?.length) return;
  $("[data-offered]", place).replaceChildren(...companions.map(lineOf));
  place.hidden = false;
}
