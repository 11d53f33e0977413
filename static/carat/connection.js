// A connection that was lost: what is typed stays, what was sent goes when it is back, once.

import { $ } from "./dom.js";

let waiting = null; // the form that was sent meanwhile, and by which button

const bar = () => $("[data-connection]");

function say() {
  const shown = bar();
  if (!shown) return;
  shown.hidden = navigator.onLine;
  $("[data-connection-lost]", shown).hidden = Boolean(waiting);
  $("[data-connection-waits]", shown).hidden = !waiting;
}

/** A form that writes waits; one that only asks may as well be pressed again. */
function hold(event) {
  const form = event.target;
  if (navigator.onLine || form.method !== "post") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting = { form, by: event.submitter };
  say();
}

function keep(event) {
  if (!event.target.closest?.("[data-connection-keep]")) return;
  waiting = null;
  say();
}

function sendWhatWaits() {
  const kept = waiting;
  waiting = null;
  say();
  if (kept?.form.isConnected) kept.form.requestSubmit(kept.by);
}

export function listen() {
  // Before htmx and before what marks a form as sent.
  document.addEventListener("submit", hold, { capture: true });
  document.addEventListener("click", keep);
  window.addEventListener("offline", say);
  window.addEventListener("online", sendWhatWaits);
  document.addEventListener("DOMContentLoaded", say);
}
