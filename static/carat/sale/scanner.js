// A scanner types an article and Enter, quicker than the house answers: each scan lands whole in a line of its own.

import { $ } from "../dom.js";
import { addLine, fieldOf, linesOf, showTotal } from "./lines.js";

/** Whether this is an article and no price: it has letters, or the digits of a bar code. */
export const isArticle = (text) => /\p{L}|^\d{8,}$/u.test(text);

/** The last price of an article, "5000.00", as a person types it. */
export const typed = (price) => price.replace(/\.00$/, "").replace(".", ",");

async function factsOf(article) {
  const answer = await fetch(`${article.form.dataset.articleFacts}?article=${encodeURIComponent(article.value)}`);
  return answer.ok ? answer.json() : null;
}

/** Fills kind and last price of an article where they are empty; says whether the price was filled. */
async function lookUp(article) {
  const line = article.closest("[data-line]");
  const facts = await factsOf(article);
  if (!facts) return false;
  const kind = fieldOf(line, "kind");
  const price = fieldOf(line, "price");
  if (facts.kind && !kind.value) kind.value = facts.kind;
  if (facts.price === null || price.value) return false;
  price.value = typed(facts.price);
  showTotal(line.closest("form"));
  return true;
}

/**
 * Asked once a scan: two answers would race, the first to come filling the price and the second staying there.
 * The price stays selected in its field: typing replaces it, Enter takes it, and a scan goes to a line of its own.
 */
async function scanned(article) {
  const price = fieldOf(article.closest("[data-line]"), "price");
  if ((await lookUp(article)) && document.activeElement === price) price.select();
}

/** Enter in an empty line: the sale is whole where its client or reason is known, else those come next. */
function finish(form) {
  const known = $("[name=client]", form).value || $("[name=no_card_reason]:checked", form);
  if (known) form.requestSubmit();
  else $("[name=no_card_reason]", form).focus();
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
  fieldOf(next, "price").focus();
  scanned(fieldOf(line, "article"));
  scanned(fieldOf(next, "article"));
}

function enter(event) {
  const line = event.target.closest?.("[data-line]");
  if (!line || event.key !== "Enter" || event.ctrlKey || !event.target.matches("input:not([type=checkbox]), select")) return;
  event.preventDefault();
  const form = line.closest("form");
  if (event.target === fieldOf(line, "article")) enterInArticle(line, form);
  else if (event.target === fieldOf(line, "price") && isArticle(event.target.value)) moveToNextLine(line, form);
  else if (line === linesOf(form).at(-1)) addLine(form);
  else $("input", line.nextElementSibling).focus();
}

export function listen() {
  document.addEventListener("change", (event) => {
    if (event.target.matches("[name$='-article']")) scanned(event.target);
  });
  document.addEventListener("keydown", enter);
}
