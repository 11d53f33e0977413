// What was typed is not lost where a session ended, the server was away or a page was left before it was saved: it comes back
// in the same tab, to whom has typed it, until the server says that it was saved.

import { $, $$ } from "./dom.js";

const KEPT = "carat.draft.";
// Every form is kept where a shared device is left to the next; a sale has rules of its own (sale/kept.js).
const ANY = "main form[method=post]:not([data-sale], [data-draft])";
const LASTS = 12 * 60 * 60 * 1000; // ms
const FIELDS = "input:not([type=hidden]):not([type=file]):not([type=password]), textarea, select";
const ADDS = "[data-add-line], [data-one-more]";
const MOST = 20; // lines that are added for what was typed

const isTicked = (field) => field.matches("[type=checkbox], [type=radio]");
const fieldsOf = (form) => $$(FIELDS, form).filter((field) => field.name && !field.closest("[data-passport], template"));

/** A name for one filled form, which the server gives back in a cookie once it is saved. */
const newName = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function before(field) {
  if (!field.options) return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value;
}

/** What a person has changed, as [name, value, ticked]; all that stands there where the form came back with its errors. */
export function typedIn(fields, cameBack) {
  return fields
    .filter((field) => {
      if (isTicked(field)) return field.checked !== (!cameBack && field.defaultChecked);
      return field.value !== (cameBack ? "" : before(field));
    })
    .map((field) => [field.name, field.value, isTicked(field) ? field.checked : null]);
}

export const cameBack = (form) => Boolean($("[aria-invalid=true], .alert-danger", form));
export const changed = (form) => typedIn(fieldsOf(form), cameBack(form));

const fieldFor = (form, [name, value, ticked]) =>
  $$(`[name="${CSS.escape(name)}"]`, form).find((field) => ticked === null || field.value === value);

function write(form, said) {
  const isOfALine = /^\w+-\d+-/.test(said[0]);
  for (let times = 0; isOfALine && times < MOST && !fieldFor(form, said) && $(ADDS, form); times++) $(ADDS, form).click();
  const field = fieldFor(form, said);
  if (field && said[2] === null) field.value = said[1];
  else if (field) field.checked = said[2];
  return field;
}

/** Puts it into the form, and lets everything that follows what is typed follow it. */
export function putBack(form, typed) {
  const fields = typed.map((said) => write(form, said)).filter(Boolean);
  for (const field of fields) field.dispatchEvent(new Event(field.type === "text" ? "input" : "change", { bubbles: true }));
}

const here = () => location.pathname + location.search;
const keyOf = (form) => KEPT + (form.dataset.draft ?? form.dataset.leftBy) + here() + (form.dataset.at ?? "");

export const namesOf = (form) => ({ name: $("[name=draft]", form)?.value, once: $("[name=form_key]", form)?.value });

function keep(form) {
  const typed = changed(form);
  if (!typed.length) return;
  const kept = { typed, ...namesOf(form), at: Date.now() };
  sessionStorage.setItem(keyOf(form), JSON.stringify(kept));
}

/** Lets the server tell that this very form was saved. */
export function nameDraft(form, name = newName()) {
  let field = $("[name=draft]", form);
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = "draft";
    form.append(field);
  }
  field.value = name;
}

function say(form, at) {
  const said = $("[data-brought-back]", form);
  if (!said) return;
  const time = new Date(at).toLocaleTimeString(document.documentElement.lang, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  $("[data-brought-words]", said).textContent = said.dataset.words.replace("{time}", time);
  said.hidden = false;
}

/** The key of one filled form, by which it is saved once: what was sent already is not saved a second time. */
export function keepOnce(form, once) {
  const field = $("[name=form_key]", form);
  if (!field) return;
  form.dataset.fresh ??= field.value;
  field.value = once ?? form.dataset.fresh;
}

/** Once a page: what stands in storage for this form and nobody has saved since. */
export function bringBack(form) {
  nameDraft(form);
  const kept = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "null");
  if (!kept || cameBack(form) || Date.now() - kept.at > LASTS) return;
  keepOnce(form, kept.once);
  nameDraft(form, kept.name);
  putBack(form, kept.typed);
  say(form, kept.at);
}

/** The page's other forms, each with whose it is, where a shared device may be left to the next. */
function formsLeft() {
  const by = $("[data-lock]")?.dataset.lock;
  const times = {}; // forms of one address are told apart by their order
  return (by ? $$(ANY) : []).map((form) => {
    const to = form.getAttribute("action") ?? "";
    times[to] = (times[to] ?? 0) + 1;
    Object.assign(form.dataset, { leftBy: by, at: `#${to}#${times[to]}` });
    return form;
  });
}

/** What a person had left on a page with no draft of its own comes back to them, once. */
export function bringBackLeft() {
  for (const form of formsLeft()) {
    const key = keyOf(form);
    if (!sessionStorage.getItem(key)) continue;
    bringBack(form);
    sessionStorage.removeItem(key);
  }
}

function clear(form) {
  sessionStorage.removeItem(keyOf(form));
  form.reset();
  keepOnce(form);
  nameDraft(form);
  $("[data-brought-back]", form).hidden = true;
  $(FIELDS, form)?.focus();
}

/** What the server has saved is kept no more. */
export function dropSaved() {
  const name = document.cookie.match(/(?:^|; )saved_draft=([0-9a-f]+)/)?.[1];
  if (!name) return;
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith("carat.") && sessionStorage.getItem(key).includes(`"name":"${name}"`)) sessionStorage.removeItem(key);
  }
}

function forget() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("carat.")) sessionStorage.removeItem(key);
}

export function listen() {
  window.addEventListener("pagehide", () => $$("form[data-draft]:not([data-left])").forEach(keep));
  document.addEventListener("submit", ({ target }) => {
    if (target.matches("[data-draft]")) keep(target);
    if (target.matches("[data-lock]")) formsLeft().forEach(keep);
    if (target.matches("[data-forgets-drafts]")) forget();
  });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-clear-draft]");
    if (button) clear(button.form);
    const leaving = target.closest("[data-leaves-draft]")?.closest("form");
    if (leaving) {
      sessionStorage.removeItem(keyOf(leaving));
      leaving.dataset.left = "";
    }
  });
}
