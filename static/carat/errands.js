// A list of errands: one is opened, its buttons bear the keys; j and k, or the arrows, go to the next and the one before.

import { $, $$ } from "./dom.js";

/** The place to go to from one of so many: no further than the ends; the first where none is opened. */
export const goTo = (place, step, many) => Math.min(Math.max(place + step, 0), many - 1);

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** Gives the keys to what is opened, and takes them from the others. */
export function giveKeys() {
  for (const bearer of $$("[data-errand-key]")) {
    if (bearer.closest("[data-errand]").open) bearer.dataset.key = bearer.dataset.errandKey;
    else delete bearer.dataset.key;
  }
}

function move(step) {
  const rows = $$("[data-errand]");
  const place = rows.findIndex((row) => row.open);
  const next = rows[goTo(place, step, rows.length)];
  if (!next) return;
  next.open = true;
  giveKeys();
  $("summary", next).focus();
  next.scrollIntoView({ block: "nearest" });
}

export function listen() {
  // It does not bubble.
  document.addEventListener("toggle", (event) => event.target.matches?.("[data-errand]") && giveKeys(), true);
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-errand-step]");
    if (button) move(Number(button.dataset.errandStep));
  });
  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const typing = event.target.matches("input, select, textarea") || $("dialog[open]");
    if (!step || typing || event.ctrlKey || event.metaKey || event.altKey || !$("[data-errand]")) return;
    event.preventDefault();
    move(step);
  });
}
