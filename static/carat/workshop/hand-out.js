// Hand-out: six digits for a code, who came for a document.

import { $, $$ } from "../dom.js";

export function showProof(form) {
  const chosen = $("[name=handed_by]", form).value;
  for (const proof of $$("[data-shown-for]", form)) proof.hidden = proof.dataset.shownFor !== chosen;
}

export function listen() {
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-hand-out] [name=handed_by]")) showProof(event.target.form);
  });
}
