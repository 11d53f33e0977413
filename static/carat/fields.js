// Fields that help while one types: the dots of a day, a ring's size in other systems, what an address may have meant.

import { $ } from "./dom.js";

/** Dots of a day come by themselves: 03071985 → 03.07.1985. */
export function dotted(text) {
  return /^\d{8}$/.test(text) ? `${text.slice(0, 2)}.${text.slice(2, 4)}.${text.slice(4)}` : text;
}

/** A diameter in mm as EU = π·d and US = (d − 11.63) / 0.8128; nothing for what no finger has. */
export function otherSizes(diameter, language) {
  const mm = parseFloat(diameter.replace(",", "."));
  if (!(mm >= 10 && mm <= 30)) return "";
  const us = Math.round(((mm - 11.63) / 0.8128) * 4) / 4;
  return `EU ${Math.round(mm * Math.PI)} · US ${us.toLocaleString(language)}`;
}

export function showSizes(field) {
  const out = $(`[data-sizes-of="${field.id}"]`);
  if (out) out.textContent = otherSizes(field.value, document.documentElement.lang);
}

const DOMAINS = ["mail.ru", "yandex.ru", "gmail.com", "bk.ru", "list.ru", "inbox.ru", "rambler.ru", "icloud.com", "ya.ru"];

/** What is still to come of an address whose domain has begun, the most usual one first: for anna@y it is andex.ru. */
export function restOfAddress(text) {
  const [, begun] = /^[^@\s]+@([a-z.]+)$/i.exec(text) ?? [];
  const whole = begun && DOMAINS.find((domain) => domain.startsWith(begun.toLowerCase()));
  return whole ? whole.slice(begun.length) : "";
}

/** The rest stands selected behind what was typed: the next letter takes its place, Enter and Tab leave it. */
function completeAddress(field) {
  const typed = field.value.length;
  if (field.selectionStart === typed) field.setRangeText(restOfAddress(field.value), typed, typed, "select");
}

/** Puts what an address may have meant into its field: a person has chosen it. */
function takeMeant(button) {
  const field = $("input", button.closest("[data-meant]").parentElement);
  field.value = button.dataset.meantValue;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  button.remove();
  field.focus();
}

export function listen() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-meant-value]");
    if (button) takeMeant(button);
  });
  document.addEventListener("input", ({ target, inputType }) => {
    if (target.matches("[inputmode=email]") && inputType === "insertText") completeAddress(target);
    const day = dotted(target.value);
    if (target.matches("[data-day]") && day !== target.value) target.value = day;
    if (target.matches("[data-ring-size]")) showSizes(target);
  });
}
