// A day is typed as 28.11.2026 wherever it is asked for, whatever language the browser speaks; its calendar stands beside it.
//
// The browser's own field keeps the name and the value that is sent; without scripts it is all there is.

import { $$ } from "./dom.js";

const pad = (number) => String(number).padStart(2, "0");
const MOVED = ["placeholder", "aria-describedby", "aria-invalid", "aria-label", "autofocus", "disabled", "form", "required"];

/** 2026-11-28 as people write it. */
export const written = (iso) => iso.split("-").reverse().join(".");

/** What was typed, as 2026-11-28: with dots or other marks or none, the year in two digits or left out. Null where it is no day. */
export function read(text, year) {
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
  const usual = /^\s*(\d{1,2})[\s.,/-]+(\d{1,2})(?:[\s.,/-]+(\d{4}|\d{2}))?\s*$/.exec(text);
  const run = /^\s*(\d{2})(\d{2})(\d{4}|\d{2})?\s*$/.exec(text);
  const [, day, month, said] = iso ? [null, iso[3], iso[2], iso[1]] : (usual ?? run ?? []);
  if (!day) return null;
  const full = said === undefined ? year : said.length === 2 ? 2000 + Number(said) : Number(said);
  const found = new Date(Date.UTC(full, month - 1, day));
  const isThere = found.getUTCMonth() === month - 1 && found.getUTCDate() === Number(day) && full >= 1000;
  return isThere ? `${full}-${pad(month)}-${pad(day)}` : null;
}

/** The typed one says what the kept one holds. */
function show(typed, kept) {
  if (kept.type === "date") typed.value = written(kept.value);
}

/** What is no day is sent as it was typed: the server says what is wrong with it. */
function take(typed, kept) {
  const day = typed.value.trim() ? read(typed.value, new Date().getFullYear()) : "";
  kept.type = day === null ? "text" : "date";
  kept.value = day ?? typed.value;
}

function typedFor(kept) {
  const typed = document.createElement("input");
  typed.type = "text";
  typed.inputMode = "numeric";
  typed.autocomplete = "off";
  typed.className = kept.className;
  typed.placeholder = document.documentElement.dataset.dayWords ?? "";
  for (const name of MOVED) if (kept.hasAttribute(name)) typed.setAttribute(name, kept.getAttribute(name));
  Object.assign(typed.dataset, kept.dataset, { day: "" });
  typed.id = kept.id;
  show(typed, kept);
  return typed;
}

/** Puts a field to type in before the browser's own, which stays as the calendar's button. */
export function upgrade(kept) {
  const typed = typedFor(kept);
  for (const name of ["id", "required", "autofocus", "data-errand-key", "data-key"]) kept.removeAttribute(name);
  kept.className = "day-calendar";
  kept.tabIndex = -1;
  kept.setAttribute("aria-hidden", "true");
  kept.dataset.optional = "";
  const box = document.createElement("span");
  box.className = "day";
  kept.replaceWith(box);
  box.append(typed, kept);
  typed.addEventListener("input", () => take(typed, kept));
  typed.addEventListener("change", () => show(typed, kept));
  for (const kind of ["input", "change"]) kept.addEventListener(kind, () => show(typed, kept));
  kept.addEventListener("click", () => kept.showPicker?.());
  kept.form?.addEventListener("reset", () => setTimeout(() => show(typed, kept)));
}

export function upgradeAll() {
  $$("main input[type=date]:not(.day-calendar)").forEach(upgrade);
}

/** Parts of a page that come by htmx have days too. */
export function listen() {
  document.addEventListener("htmx:afterSettle", upgradeAll);
}
