// A form with files: how much has gone, and what to do when it did not arrive.

import { $ } from "./dom.js";
import { mayBeSent } from "./forms.js";

const WORTH_A_BAR = 200_000; // bytes; less is gone before one looks
const TROUBLES = ["htmx:sendError", "htmx:responseError", "htmx:timeout"];

function showProgress({ target, detail }) {
  const bar = $("[data-upload]", target);
  if (!bar || !detail.lengthComputable || detail.total <= WORTH_A_BAR) return;
  bar.hidden = false;
  bar.value = detail.loaded / detail.total;
}

function sayUnsent({ target, detail }) {
  const form = target.closest("[data-unsent]");
  if (!form || detail.elt !== form) return;
  mayBeSent(form);
  $("[data-upload]", form)?.setAttribute("hidden", "");
  $("[data-unsent-here]", form)?.remove();
  const said = document.createElement("div");
  said.className = "alert alert-danger";
  said.setAttribute("role", "alert");
  said.dataset.unsentHere = "";
  said.textContent = form.dataset.unsent;
  form.prepend(said);
  said.scrollIntoView({ block: "nearest" });
}

export function listen() {
  document.addEventListener("htmx:xhr:progress", showProgress);
  for (const trouble of TROUBLES) document.addEventListener(trouble, sayUnsent);
}
