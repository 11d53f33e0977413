// A shared device that nobody touches asks who is there; what was typed is kept by drafts.js for whoever typed it.

import { $ } from "./dom.js";

let timer = null;

function lock() {
  $("[data-lock]")?.requestSubmit();
}

function wait() {
  const form = $("[data-lock]");
  clearTimeout(timer);
  if (form?.dataset.after) timer = setTimeout(lock, Number(form.dataset.after) * 60_000);
}

export const start = wait;

export function listen() {
  for (const act of ["pointerdown", "keydown", "scroll"]) document.addEventListener(act, wait, { passive: true });
}
