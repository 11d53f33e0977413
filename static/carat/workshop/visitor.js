// «It is Anna»: the desk takes the proposed card, and goes on to what is to be done.

import { $, $$ } from "../dom.js";

const KNOWN = "#id_first_name, #id_middle_name, #id_last_name, #id_birth_date";

function offerSomebodyElse(button, form) {
  const link = document.createElement("a");
  link.href = location.pathname;
  link.className = "btn end";
  link.textContent = form.dataset.other;
  button.after(link);
}

/** What the card knows is asked for no more: surname and birthday stay in sight, the other names go. */
function settleNames(form) {
  for (const field of $$(KNOWN, form)) {
    if (["id_first_name", "id_middle_name"].includes(field.id)) field.closest(".mb-3").hidden = true;
    else field.readOnly = true;
  }
}

function stopLooking(form) {
  for (const box of $$("[data-saying]", form)) {
    box.removeAttribute("hx-post");
    box.removeAttribute("hx-trigger");
    htmx.process(box);
  }
}

function bringPieces(form, client) {
  const address = form.dataset.ownPieces;
  if (address) htmx.ajax("GET", `${address}?client=${client}`, { target: "#own-pieces", swap: "innerHTML" });
}

function take(button) {
  const form = button.closest("form");
  const match = button.closest(".match");
  $("[data-client]", form).value = button.dataset.takeClient;
  for (const one of $$(".match", form)) one.hidden = one !== match;
  button.removeAttribute("data-only");
  button.hidden = true;
  offerSomebodyElse(button, form);
  match.classList.add("taken");
  settleNames(form);
  bringPieces(form, button.dataset.takeClient);
  stopLooking(form);
  $("#id_phone", form).focus();
}

export function listen() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take-client]");
    if (button) take(button);
  });
}
