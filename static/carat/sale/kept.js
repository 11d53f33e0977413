// Looking for the client in the middle of a sale does not lose its pieces. What was typed belongs to its client:
// for nobody yet, it is brought back on the sale without a client, and for the one who is looked up from there.

import { $, $$ } from "../dom.js";
import { changed, keepOnce, nameDraft, namesOf, putBack } from "../drafts.js";
import { addLine, fieldOf, linesOf, showTotal } from "./lines.js";

const KEPT = "carat.sale";
const LOOKED_UP_FROM = "carat.sale.from";

const fields = (line) => $$("input:not([type=checkbox]), select", line);

/** What stands in a field of an empty line: a choice without an empty one stands at its first. */
const blankOf = (field) => (field.options ? field.options[0].value : "");

/** Lines in which something else stands than in an empty one. */
export const filled = (lines, empty) => lines.filter((values) => values.some((value, at) => value !== empty[at]));

/** Where the draft of a client lies, of nobody with an empty one: each store and employee has their own. */
export const keyFor = (owner, client) => `${KEPT}.${owner}.${client}`;

/**
 * The key of the draft that a sale brings back: the client's own, else what was typed for nobody before the look-up. What was
 * typed for a person who is gone by now is for nobody.
 */
export function draftFor({ owner, client, gone, from }, has) {
  const own = keyFor(owner, gone || client);
  if (has(own)) return own;
  const isLookedUp = from?.owner === owner && (!from.client || from.client === client);
  return isLookedUp && has(keyFor(owner, "")) ? keyFor(owner, "") : null;
}

/** Where a look-up stands after a page: the first card opened is the one looked for, a second card or another page ends it. */
export function lookUpAfter(from, { card, isOnTheWay }) {
  if (!from || isOnTheWay) return from;
  if (!card || (from.client && from.client !== card)) return null;
  return { ...from, client: card };
}

const ownerOf = (form) => form.dataset.keptFor;
const keyOf = (form) => keyFor(ownerOf(form), form.dataset.client);
const has = (key) => sessionStorage.getItem(key) !== null;

function keepSale() {
  const form = $("[data-sale]");
  if (!form) return;
  const all = linesOf(form).map(fields);
  const lines = filled(
    all.map((line) => line.map((field) => field.value)),
    (all[0] ?? []).map(blankOf),
  );
  if (!lines.length) {
    sessionStorage.removeItem(keyOf(form));
    return;
  }
  const beside = changed(form).filter(([name]) => !name.startsWith("pieces-"));
  const kept = { lines, beside, ...namesOf(form), at: form.dataset.broughtFrom ?? Date.now() };
  sessionStorage.setItem(keyOf(form), JSON.stringify(kept));
}

function fill(form, kept) {
  kept.lines.forEach((values, at) => {
    if (at) addLine(form);
    fields(linesOf(form)[at]).forEach((field, place) => {
      field.value = values[place];
    });
  });
  putBack(form, kept.beside);
}

function sayBroughtBack(form, at) {
  const time = new Date(Number(at)).toLocaleTimeString(document.documentElement.lang, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  $("[data-brought-words]", form).textContent = form.dataset.keptWords.replace("{time}", time);
  $("[data-brought-back]", form).hidden = false;
  form.dataset.broughtFrom = at;
}

const lookUp = () => JSON.parse(sessionStorage.getItem(LOOKED_UP_FROM) ?? "null");

function keepLookUp(from) {
  if (from) sessionStorage.setItem(LOOKED_UP_FROM, JSON.stringify(from));
  else sessionStorage.removeItem(LOOKED_UP_FROM);
}

/** A page that is no sale: a card, the way to one (registration, what was found), or anything else. */
export function noteLookUp() {
  if ($("[data-sale]")) return;
  const page = { card: $("[data-sell-to]")?.dataset.sellTo, isOnTheWay: Boolean($("#register, [data-way-to-a-card]")) };
  keepLookUp(lookUpAfter(lookUp(), page));
}

export function bringSaleBack(form) {
  const from = lookUp();
  keepLookUp(form.dataset.client ? null : { owner: ownerOf(form) });
  nameDraft(form);
  if ($("[aria-invalid=true]") || fieldOf(form, "article").value) return;
  const key = draftFor({ owner: ownerOf(form), ...form.dataset, from }, has);
  if (!key) return;
  const kept = JSON.parse(sessionStorage.getItem(key));
  sessionStorage.removeItem(key);
  keepOnce(form, kept.once);
  nameDraft(form, kept.name);
  fill(form, kept);
  sayBroughtBack(form, kept.at);
}

/** The line goes, and with it all that it had brought; the form stands as an empty one. */
function clear(form) {
  for (const line of linesOf(form).slice(1)) line.remove();
  for (const field of fields(linesOf(form)[0])) field.value = blankOf(field);
  $("[name='pieces-TOTAL_FORMS']", form).value = 1;
  for (const [name] of changed(form).filter(([name]) => !name.startsWith("pieces-"))) $(`[name="${name}"]`, form).value = "";
  keepOnce(form);
  nameDraft(form);
  $("[data-brought-back]", form).hidden = true;
  delete form.dataset.broughtFrom;
  sessionStorage.removeItem(keyOf(form));
  showTotal(form);
  fieldOf(form, "article").focus();
}

export function listen() {
  window.addEventListener("pagehide", keepSale);
  document.addEventListener("submit", keepSale);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-clear-brought]");
    if (button) clear(button.form);
  });
}
