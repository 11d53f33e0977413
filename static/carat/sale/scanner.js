// A scanner types an article and Enter, quicker than the house answers: each scan lands whole in a line of its own.

import { $ } from "../dom.js";
import * as companions from "./companions.js";
import { addLine, fieldOf, linesOf, showTotal } from "./lines.js";

/** The last price of an article, "5000.00", as a person types it. */
export const typed = (price) => price.replace(/\.00$/, "").replace(".", ",");

/** Whether letters came as from a scanner: no hand types so many so quickly (their moments are in milliseconds). */
export const isScanned = (moments) => moments.length > 3 && (moments.at(-1) - moments[0]) / (moments.length - 1) < 50;

/** Whether what stands in a price is the next piece: letters, the digits of a bar code, or of a short one that no hand typed. */
export const isNextPiece = (text, moments) => /\p{L}|^\d{10,}$/u.test(text) || (/^\d{8,}$/.test(text) && isScanned(moments));

const momentsOf = new WeakMap();
const answerFor = new WeakMap();

function noteMoment(article) {
  const moments = article.value.length > 1 ? (momentsOf.get(article) ?? []) : [];
  momentsOf.set(article, [...moments, performance.now()]);
}

async function factsOf(article) {
  const said = companions.told(article.form, article.closest("[data-line]"));
  said.set("article", article.value);
  const answer = await fetch(`${article.form.dataset.articleFacts}?${said}`);
  return answer.ok ? answer.json() : null;
}

/** What the catalogue says of the article, below its line: the piece, and which sizes lie where. */
function tell(line, facts) {
  const place = $("[data-line-facts]", line);
  if (!place) return;
  place.hidden = !facts.page;
  const words = $("[data-line-words]", place);
  words.textContent = facts.words || fieldOf(line, "article").value;
  words.href = facts.page;
  $("[data-line-lies]", place).textContent = facts.lies;
}

/** A coupon that was scanned among the pieces stands with the codes, and its line is free for a piece. */
function takeCode(article, code) {
  const codes = $("[name=codes]", article.form);
  if (!codes) return;
  const line = article.closest("[data-line]");
  if (!codes.value.split(/\s+/).includes(code)) codes.value = `${codes.value} ${code}`.trim();
  article.value = "";
  momentsOf.delete(article);
  codes.dispatchEvent(new Event("change", { bubbles: true }));
  if (document.activeElement === fieldOf(line, "price")) article.focus();
}

/** The kind where none is chosen, how the article is sold, and what the catalogue says of it. */
function fill(line, facts) {
  const kind = fieldOf(line, "kind");
  const tariff = fieldOf(line, "tariff");
  if (facts.kind && !kind.value) kind.value = facts.kind;
  if (tariff && facts.tariff) tariff.value = facts.tariff;
  tell(line, facts);
  companions.show(line.closest("form"), facts.companions);
}

/** Fills what is empty of kind, price and how it is sold, by the article; says whether the price was filled. */
async function lookUp(article) {
  const line = article.closest("[data-line]");
  const facts = article.value ? await factsOf(article) : null;
  if (!facts) return false;
  if (facts.code) takeCode(article, facts.code);
  if (facts.code) return false;
  fill(line, facts);
  const price = fieldOf(line, "price");
  if (facts.price === null || price.value) return false;
  price.value = typed(facts.price);
  price.dataset.suggested = price.value;
  showTotal(line.closest("form"));
  return true;
}

/**
 * Asked once a scan: two answers would race, the first to come filling the price and the second staying there.
 * The price stays selected in its field: typing replaces it, Enter takes it, and a scan goes to a line of its own.
 */
async function scanned(article) {
  const line = article.closest("[data-line]");
  const price = fieldOf(line, "price");
  const answer = lookUp(article);
  answerFor.set(line, answer);
  if ((await answer) && document.activeElement === price) price.select();
  answerFor.delete(line);
  showWhatEnterDoes(line.closest("form"));
}

const isKnown = (form) => Boolean($("[name=client]", form).value || $("[name=no_card_reason]:checked", form));

/** Enter in an empty line: the sale is whole where its client or reason is known, else those come next. */
function finish(form) {
  if (isKnown(form)) form.requestSubmit();
  else $("[name=no_card_reason]", form).focus();
}

/** Whether Enter saves: in the price that came with the last scan and was left as it is. A typed article gets a line more. */
function takesLastScan(line, form) {
  const price = fieldOf(line, "price");
  const isSuggested = price.value && price.value === price.dataset.suggested;
  return form.matches("[data-sale]") && isKnown(form) && isSuggested && isScanned(momentsOf.get(fieldOf(line, "article")) ?? []);
}

const isLast = (line, form) => line === linesOf(form).at(-1);

/** The button says so while Enter is what presses it. */
function showWhatEnterDoes(form) {
  const mark = $("[data-enter-saves]", form);
  const line = document.activeElement?.closest("[data-line]");
  if (!mark) return;
  const inPrice = line && document.activeElement === fieldOf(line, "price");
  const inEmpty = line && document.activeElement === fieldOf(line, "article") && !document.activeElement.value;
  const saves = line && isLast(line, form) && isKnown(form) && ((inPrice && takesLastScan(line, form)) || inEmpty);
  mark.hidden = !saves || (inEmpty && linesOf(form).length < 2);
}

function enterInArticle(line, form) {
  if (!fieldOf(line, "article").value) finish(form);
  else fieldOf(line, "price").focus(); // the article's change looks it up
}

/** The scanner was quicker than the answer to the article before: what stands in its price is the next piece. */
function moveToNextLine(line, form) {
  const price = fieldOf(line, "price");
  const code = price.value;
  price.value = "";
  addLine(form);
  const next = linesOf(form).at(-1);
  fieldOf(next, "article").value = code;
  momentsOf.set(fieldOf(next, "article"), momentsOf.get(price) ?? []);
  fieldOf(next, "price").focus();
  scanned(fieldOf(line, "article"));
  scanned(fieldOf(next, "article"));
}

async function enterInPrice(line, form) {
  await answerFor.get(line);
  if (isLast(line, form) && takesLastScan(line, form)) form.requestSubmit();
  else onward(line, form);
}

function onward(line, form) {
  if (isLast(line, form)) addLine(form);
  else $("input", line.nextElementSibling).focus();
}

function enter(event) {
  const line = event.target.closest?.("[data-line]");
  if (!line || event.key !== "Enter" || event.ctrlKey || !event.target.matches("input:not([type=checkbox]), select")) return;
  event.preventDefault();
  const form = line.closest("form");
  if (event.target === fieldOf(line, "article")) enterInArticle(line, form);
  else if (event.target === fieldOf(line, "price") && isNextPiece(event.target.value, momentsOf.get(event.target) ?? []))
    moveToNextLine(line, form);
  else if (event.target === fieldOf(line, "price")) enterInPrice(line, form);
  else onward(line, form);
}

export function listen() {
  document.addEventListener("change", (event) => {
    if (event.target.matches("[name$='-article']")) scanned(event.target);
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches("[name$='-article'], [name$='-price']")) noteMoment(event.target);
  });
  for (const happened of ["input", "focusin"]) {
    document.addEventListener(happened, (event) => {
      const form = event.target.closest?.("[data-sale]");
      if (form) showWhatEnterDoes(form);
    });
  }
  document.addEventListener("keydown", enter);
}
