// Forms by keyboard: Enter goes on, a filled form is sent once, a choice sends its form.

import { $, $$ } from "./dom.js";

const FIELDS = "input:not([type=hidden]):not([type=checkbox]), select";
const SENT_FOR = 8000; // ms, after which an answer is no longer expected

const stands = (el) => el.offsetParent && !el.disabled && !el.readOnly;
const isAfter = (here, el) => here.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING;

/** The next field after `here`, a box that was ticked too, that is still to be filled. */
function emptyAfter(here, form) {
  return $$(FIELDS, form).find((el) => isAfter(here, el) && stands(el) && !el.value && !el.matches("[data-optional]"));
}

function consentAfter(here, form) {
  if (!form.matches("[data-consents]") || here.matches("[type=checkbox]")) return null;
  return $("[name=consent_personal_data]:not(:checked)", form);
}

/** Enter goes to the next field that is still empty; after the last it sends the form. */
function enter(event) {
  const form = event.target.closest?.("[data-enter-next]");
  if (!form || event.key !== "Enter" || event.ctrlKey || !event.target.matches("input:not([type=submit]), select")) return;
  const only = event.target.closest("[data-saying]") && $("[data-only]", form);
  const next = emptyAfter(event.target, form) || consentAfter(event.target, form);
  if (only || next) event.preventDefault();
  if (only) only.click();
  else next?.focus();
}

function sendOnce(event) {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => mayBeSent(form), SENT_FOR);
}

export function mayBeSent(form) {
  delete form.dataset.sent;
}

export function listen() {
  document.addEventListener("keydown", enter);
  document.addEventListener("submit", sendOnce);
  window.addEventListener("pageshow", () => $$("[data-once]").forEach(mayBeSent));
  document.addEventListener("change", (event) => event.target.closest("[data-autosubmit]")?.requestSubmit());
}
