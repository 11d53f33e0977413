// What was found: arrows walk, Enter opens, Ctrl+Enter sells, the arrow to the right leads to what else can be done.

import { $, $$ } from "./dom.js";

const LISTS = ".search, [data-way-to-a-card]";

/** Where an arrow leads from place `at` of `count` found: -1 is the box itself. */
export function placeAfter(at, key, count) {
  return Math.min(key === "ArrowDown" ? at + 1 : Math.max(at - 1, -1), count - 1);
}

/** Where an arrow leads along a row, whose place 0 opens the card and the others act: it stops at both ends. */
export function actAfter(at, key, count) {
  return key === "ArrowRight" ? Math.min(at + 1, count - 1) : Math.max(at - 1, 0);
}

const rowOf = (el) => el.closest("[data-found-row]");
const actsOf = (row) => $$("[data-found], [data-act]", row);

// What was found for other letters is not what is asked for now.
const isFoundFor = (list) => !$("#search", list) || list.dataset.for === $("#search").value;

function openFirst(event, list) {
  const first = $("[data-found]", list);
  if (!first || !isFoundFor(list) || event.target.id !== "search") return;
  event.preventDefault();
  first.click();
}

/** Sells to the client of the row, from the box to the first one; who is found only by likeness is looked at first. */
function sell(event, list) {
  const here = event.target.id === "search";
  if (here || rowOf(event.target)) event.preventDefault();
  if (here && !isFoundFor(list)) {
    list.dataset.awaited = event.target.value;
    return;
  }
  const row = here ? $("[data-found-row]", list) : rowOf(event.target);
  if (here && $("[data-uncertain]", list)) $("[data-found]", row)?.focus();
  else if (row) $("[data-act=sell]", row).click();
}

/** Along a row; from the box, where the text ends, to the acts of the first one. */
function along(event, list) {
  const box = event.target.id === "search" ? event.target : null;
  const isAtEnd = box && event.key === "ArrowRight" && box.selectionStart === box.value.length;
  const row = box ? isAtEnd && $("[data-found-row]", list) : rowOf(event.target);
  if (!row) return;
  event.preventDefault();
  const acts = actsOf(row);
  acts[actAfter(Math.max(acts.indexOf(document.activeElement), 0), event.key, acts.length)].focus();
}

function across(event, list) {
  const found = $$("[data-found]", list);
  const row = rowOf(document.activeElement);
  const at = found.indexOf(row ? $("[data-found]", row) : document.activeElement);
  event.preventDefault();
  (found[placeAfter(at, event.key, found.length)] ?? $("#search")).focus();
}

const DONE = { Enter: openFirst, "Ctrl+Enter": sell, ArrowRight: along, ArrowLeft: along, ArrowDown: across, ArrowUp: across };

function walk(event) {
  const list = event.target.closest?.(LISTS);
  if (!list || event.altKey || event.shiftKey) return;
  DONE[event.ctrlKey || event.metaKey ? `Ctrl+${event.key}` : event.key]?.(event, list);
}

/** What was asked for before the answer came is done with it. */
function arrived(list) {
  list.dataset.for = $("#search").value;
  const isAwaited = list.dataset.awaited === list.dataset.for && !$("[data-uncertain]", list);
  if (isAwaited) $("[data-act=sell]", list)?.click();
  delete list.dataset.awaited;
}

export function listen() {
  document.addEventListener("keydown", walk);
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "found") arrived(event.target.closest(".search"));
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".search")) $("#found")?.replaceChildren();
  });
}
