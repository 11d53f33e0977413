// Keys of a page: "/" goes to the search, Escape leaves, the rest press what bears their name in data-key.

import { $, $$ } from "./dom.js";

// With Alt, so that they work in a field; the others are menus of browsers.
const WITH_ALT = /^Key[QWRTYGZXCVBNM]$/;
const PLACE = /^(Key|Digit)/;

/** The name of a key by its place, so that «ы» of a Russian layout is "s" too; "alt+s" is a name of its own. */
export function nameOf({ code, key, altKey }) {
  const name = (PLACE.test(code) ? code.replace(PLACE, "") : key).toLowerCase();
  return altKey && WITH_ALT.test(code) ? `alt+${name}` : name;
}

/** What a pressed key asks for: "search", "leave", "press", or null where it only types. */
export function meaningOf(event, inField) {
  const alone = !inField && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (alone && (event.key === "/" || event.code === "Slash")) return "search";
  if (event.key === "Escape") return "leave";
  return alone || (event.altKey && (/^\d$/.test(event.key) || WITH_ALT.test(event.code))) ? "press" : null;
}

function leave() {
  document.activeElement?.blur();
  $("#found")?.replaceChildren();
  for (const menu of $$("details.menu[open]")) menu.open = false;
}

function search(event) {
  event.preventDefault();
  $("#search")?.select();
  $("#search")?.focus();
}

function press(event) {
  const target = $(`[data-key="${CSS.escape(nameOf(event))}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
  target.focus();
}

const DONE = { search, leave, press };

export function listen() {
  document.addEventListener("keydown", (event) => {
    const inField = event.target.matches("input, select, textarea") || event.target.isContentEditable;
    DONE[meaningOf(event, inField)]?.(event);
  });
}
