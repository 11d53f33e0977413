// Looking for the client in the middle of a sale does not lose its pieces. What was typed belongs to its client:
// for nobody yet, it is brought back on the sale without a client, and for the one who is looked up from there.

import { $, $$ } from "../dom.js";
import { addLine, fieldOf, linesOf, showTotal } from "./lines.js";

const KEPT = "carat.sale";
const LOOKED_UP_FROM = "carat.sale.from";

const fields = (line) => $$("input:not([type=checkbox]), select", line);

/** Lines in which anything stands. */
export const filled = (lines) => lines.filter((values) => values.some(Boolean));

/** Where the draft of a client lies, of nobody with an empty one: each store and employee has their own. */
export const keyFor = (owner, client) => `${KEPT}.${owner}.${client}`;

/** The key of the draft that a sale brings back: the client's own, else what was typed for nobody before the look-up. */
export function draftFor({ owner, client, from }, has) {
  const own = keyFor(owner, client);
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
  if (form.dataset.sent) {
    sessionStorage.removeItem(keyOf(form));
    return;
  }
  const lines = filled(linesOf(form).map((line) => fields(line).map((field) => field.value)));
  const receipt = $("[name=receipt_number]", form).value;
  if (!lines.length) sessionStorage.removeItem(keyOf(form));
  else sessionStorage.setItem(keyOf(form), JSON.stringify({ lines, receipt, at: form.dataset.broughtFrom ?? Date.now() }));
}

function fill(form, kept) {
  kept.lines.forEach((values, at) => {
    if (at) addLine(form);
    fields(linesOf(form)[at]).forEach((field, place) => {
      field.value = values[place];
    });
  });
  $("[name=receipt_number]", form).value = kept.receipt;
}

function sayBroughtBack(form, at) {
  const time = new Date(Number(at)).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
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
  if ($("[aria-invalid=true]") || fieldOf(form, "article").value) return;
  const key = draftFor({ owner: ownerOf(form), client: form.dataset.client, from }, has);
  if (!key) return;
  const kept = JSON.parse(sessionStorage.getItem(key));
  sessionStorage.removeItem(key);
  fill(form, kept);
  sayBroughtBack(form, kept.at);
}

/** The line goes, and with it all that it had brought; the form stands as an empty one. */
function clear(form) {
  for (const line of linesOf(form).slice(1)) line.remove();
  for (const field of fields(linesOf(form)[0])) field.value = "";
  $("[name='pieces-TOTAL_FORMS']", form).value = 1;
  $("[name=receipt_number]", form).value = "";
  $("[data-brought-back]", form).hidden = true;
  delete form.dataset.broughtFrom;
  sessionStorage.removeItem(keyOf(form));
  showTotal(form);
  fieldOf(form, "article").focus();
}

export function listen() {
  window.addEventListener("pagehide", keepSale);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-clear-brought]");
    if (button) clear(button.form);
  });
}
