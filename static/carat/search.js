// The search box: arrows walk through what was found, Enter opens it.

import { $, $$ } from "./dom.js";

/** Where an arrow leads from place `at` of `count` found: -1 is the box itself. */
export function placeAfter(at, key, count) {
  return Math.min(key === "ArrowDown" ? at + 1 : Math.max(at - 1, -1), count - 1);
}

function openFirst(event, box, found) {
  // What was found for other letters is not what is asked for now.
  if (!found.length || box.dataset.for !== $("#search").value) return;
  event.preventDefault();
  found[0].click();
}

function walk(event) {
  const box = event.target.closest?.(".search");
  if (!box || !["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
  const found = $$("[data-found]", box);
  const at = found.indexOf(document.activeElement);
  if (event.key === "Enter") {
    if (at < 0) openFirst(event, box, found);
    return;
  }
  event.preventDefault();
  (found[placeAfter(at, event.key, found.length)] ?? $("#search")).focus();
}

export function listen() {
  document.addEventListener("keydown", walk);
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "found") event.target.closest(".search").dataset.for = $("#search").value;
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".search")) $("#found")?.replaceChildren();
  });
}
