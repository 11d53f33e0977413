// Keys of a page: "/" goes to the search, "?" lists them, Escape leaves, the rest press what bears their name in data-key.

import { $, $$ } from "./dom.js";

// With Alt, so that they work in a field; the others are menus of browsers.
const WITH_ALT = /^Key[QWRTYGJKZXCVBNM]$/;
const PLACE = /^(Key|Digit)/;

/** The name of a key by its place, so that «ы» of a Russian layout is "s" too; "alt+s" is a name of its own. */
export function nameOf({ code, key, altKey }) {
  const name = (PLACE.test(code) ? code.replace(PLACE, "") : key).toLowerCase();
  return altKey && WITH_ALT.test(code) ? `alt+${name}` : name;
}

/** What a sign asks for where no letter is typed; both stand on one place, and have other signs in a Russian layout. */
function signOf({ key, code, shiftKey }) {
  if (key === "?" || (code === "Slash" && shiftKey)) return "keys";
  return key === "/" || code === "Slash" ? "search" : "press";
}

/** What a pressed key asks for: "search", "keys", "leave", "press", or null where it only types. */
export function meaningOf(event, inField) {
  const alone = !inField && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === "Escape") return "leave";
  if (alone) return signOf(event);
  return event.altKey && (/^\d$/.test(event.key) || WITH_ALT.test(event.code)) ? "press" : null;
}

/** A key as it is shown: by the mark on what bears it, else by its name. */
export const shownAs = (name, mark) => mark || name.replace("alt+", "Alt+").replace(/.$/, (last) => last.toUpperCase());

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

/** What bears a key, in its own words: a field in those of its label. */
function wordsOf(bearer) {
  const words = (bearer.closest("label") ?? bearer).cloneNode(true);
  for (const mark of $$("kbd, svg", words)) mark.remove();
  return (bearer.getAttribute("aria-label") ?? words.textContent).replace(/\s+/g, " ").trim();
}

function listed(bearer) {
  const key = document.createElement("kbd");
  key.textContent = shownAs(bearer.dataset.key, $("kbd", bearer.closest("label") ?? bearer)?.textContent.trim());
  const place = document.createElement("dt");
  place.append(key);
  const words = document.createElement("dd");
  words.textContent = wordsOf(bearer);
  return [place, words];
}

function keys(event) {
  const dialog = $("[data-keys]");
  if (!dialog) return;
  event.preventDefault();
  for (const menu of $$("details.menu[open]")) menu.open = false;
  const bearers = $$("[data-key]").filter((bearer) => bearer.offsetParent);
  const here = $("[data-keys-here]", dialog);
  here.hidden = !bearers.length;
  here.replaceChildren(...bearers.flatMap(listed));
  dialog.showModal();
}

const DONE = { search, keys, leave, press };

export function listen() {
  document.addEventListener("keydown", (event) => {
    if ($("dialog[open]")) return; // it has its own keys
    const inField = event.target.matches("input, select, textarea") || event.target.isContentEditable;
    DONE[meaningOf(event, inField)]?.(event);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-show-keys]")) keys(event);
    if (event.target.matches("[data-keys]")) event.target.close(); // beside its box
    for (const menu of $$("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
}
