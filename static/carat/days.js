// A day is typed as 28.11.2026 wherever it is asked for, an hour as 19:30, whatever language the browser speaks; its calendar stands beside it.
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

/** What was typed, as 19:30: with a colon, a dot or nothing between, or a bare hour. Null where it is no hour. */
export function readHour(text) {
  const [, hour, minute = "0"] = /^\s*(\d{1,2})(?:[:.\s-]?(\d{2}))?\s*$/.exec(text) ?? [];
  return hour !== undefined && hour < 24 && minute < 60 ? `${pad(hour)}:${pad(minute)}` : null;
}

/** A day and an hour behind it, as 2026-11-28T19:30. */
export function readMoment(text, year) {
  const [, day, hour] =
    /^\s*(.*?\d)[\s,T]+(\d{1,2}(?:[:.]\d{2})?)\s*$/.exec(text) ?? /^\s*(\d{6}|\d{8})(\d{4})\s*$/.exec(text) ?? [];
  const both = day ? [read(day, year), readHour(hour)] : [null];
  return both.includes(null) ? null : both.join("T");
}

/** 2026-11-28T19:30 as people write it. */
export function writtenMoment(iso) {
  const [day, hour = ""] = iso.split("T");
  return `${written(day)} ${hour.slice(0, 5)}`.trim();
}

const KINDS = {
  date: { read, written, words: "dayWords" },
  "datetime-local": { read: readMoment, written: writtenMoment, words: "momentWords" },
  time: { read: readHour, written: (hour) => hour.slice(0, 5), words: "hourWords" },
};
const FIELDS = Object.keys(KINDS).map((kind) => `main input[type=${kind}]:not(.day-calendar)`);

/** The typed one says what the kept one holds. */
function show(typed, kept, kind) {
  if (kept.type === kind) typed.value = KINDS[kind].written(kept.value);
}

/** What is no day is sent as it was typed: the server says what is wrong with it. */
function take(typed, kept, kind) {
  const day = typed.value.trim() ? KINDS[kind].read(typed.value, new Date().getFullYear()) : "";
  kept.type = day === null ? "text" : kind;
  kept.value = day ?? typed.value;
}

function typedFor(kept, kind) {
  const typed = document.createElement("input");
  typed.type = "text";
  typed.inputMode = "numeric";
  typed.autocomplete = "off";
  typed.className = kept.className;
  typed.placeholder = document.documentElement.dataset[KINDS[kind].words] ?? "";
  for (const name of MOVED) if (kept.hasAttribute(name)) typed.setAttribute(name, kept.getAttribute(name));
  Object.assign(typed.dataset, kept.dataset, { day: "" });
  typed.id = kept.id;
  show(typed, kept, kind);
  return typed;
}

/** Puts a field to type in before the browser's own, which stays as the calendar's button. */
export function upgrade(kept) {
  const kind = kept.type;
  const typed = typedFor(kept, kind);
  for (const name of ["id", "required", "autofocus", "data-errand-key", "data-key"]) kept.removeAttribute(name);
  kept.className = "day-calendar";
  kept.tabIndex = -1;
  kept.setAttribute("aria-hidden", "true");
  kept.dataset.optional = "";
  const box = document.createElement("span");
  box.className = kind === "time" ? "day hour" : "day";
  kept.replaceWith(box);
  box.append(typed, kept);
  typed.addEventListener("input", () => take(typed, kept, kind));
  typed.addEventListener("change", () => show(typed, kept, kind));
  for (const change of ["input", "change"]) kept.addEventListener(change, () => show(typed, kept, kind));
  kept.addEventListener("click", () => kept.showPicker?.());
  kept.form?.addEventListener("reset", () => setTimeout(() => show(typed, kept, kind)));
}

/** A calendar beside a day that is typed anyway: what is chosen is written as people write it. */
function giveCalendar(typed) {
  typed.removeAttribute("data-calendar");
  const calendar = document.createElement("input");
  Object.assign(calendar, { type: "date", className: "day-calendar", tabIndex: -1 });
  calendar.setAttribute("aria-hidden", "true");
  calendar.dataset.optional = "";
  const box = document.createElement("span");
  box.className = "day";
  typed.replaceWith(box);
  box.append(typed, calendar);
  calendar.addEventListener("click", () => {
    calendar.value = read(typed.value, new Date().getFullYear()) ?? "";
    calendar.showPicker?.();
  });
  calendar.addEventListener("change", () => {
    typed.value = written(calendar.value);
    for (const change of ["input", "change"]) typed.dispatchEvent(new Event(change, { bubbles: true }));
  });
}

export function upgradeAll() {
  $$(FIELDS.join()).forEach(upgrade);
  $$("main [data-calendar]").forEach(giveCalendar);
}

/** Parts of a page that come by htmx have days too. */
export function listen() {
  document.addEventListener("htmx:afterSettle", upgradeAll);
}
