// The desk: what is to be done decides what is asked for; a ticket takes several pieces, each in its envelope.

import { $, $$ } from "../dom.js";
import { isFree, passportIsDue } from "./terms.js";

const MOST = 9; // envelopes beside the first

const fieldOf = (box, name) => $(`[name$='${name}']`, box);
const termsOf = (box) => JSON.parse(box.closest("[data-terms]").dataset.terms);

function propose(field, value) {
  if (!isFree(field.value, field.dataset.proposed)) return;
  field.value = value;
  field.dataset.proposed = value;
}

export function kindChosen(box) {
  const terms = termsOf(box);
  const kind = fieldOf(box, "kind").value;
  for (const part of $$("[data-for-kind]", box)) part.hidden = part.dataset.forKind !== kind;
  propose(fieldOf(box, "due_on"), terms[kind].due);
  propose(fieldOf(box, "price"), terms[kind].price);
  askPassport(box.closest("form"), terms);
}

function askPassport(form, terms) {
  const boxes = $$("[data-envelope]", form).filter((box) => !box.closest("[data-of-piece]")?.hidden);
  const envelopes = boxes.map((box) => ({
    kind: fieldOf(box, "kind").value,
    declared: fieldOf(box, "declared_value").value,
  }));
  const passport = $("[data-passport]", form);
  passport.hidden = !passportIsDue(envelopes, terms) && !$(".invalid-feedback", passport);
}

/** A piece that is left out is greyed, and comes back by the same box. */
export function leaveOut(checkbox) {
  $("[data-of-piece]", checkbox.closest(".envelope-more")).hidden = checkbox.checked;
}

/** The pieces of a client chosen here, offered for a further envelope as for the first, which alone has the keys. */
function offerPieces(box) {
  const own = $("#own-pieces");
  const here = $("[data-own-pieces-here]", box);
  if (!own || !here || here.childElementCount) return;
  here.innerHTML = own.innerHTML
    .replaceAll('name="piece"', `name="${here.dataset.ownPiecesHere}"`)
    .replaceAll("data-key", "data-was-key")
    .replaceAll(" checked", "");
  for (const key of $$("kbd", here)) key.remove();
}

function oneMore(form) {
  const count = $("[name='more-TOTAL_FORMS']", form);
  if (Number(count.value) >= MOST) return;
  const box = document.createElement("div");
  box.innerHTML = $("[data-empty-envelope]", form).innerHTML.replaceAll("__prefix__", count.value);
  offerPieces(box);
  const envelope = box.firstElementChild;
  $("[data-envelopes]", form).append(envelope);
  count.value = Number(count.value) + 1;
  kindChosen(envelope);
  setTimeout(() => fieldOf(envelope, "description").focus()); // after the key that was pressed has focused its button
}

function addWord(button) {
  const field = fieldOf(button.closest("[data-envelope]"), "description");
  field.value = [field.value, button.dataset.word].filter(Boolean).join(", ");
  field.focus();
}

function changed({ target }) {
  const box = target.closest("[data-envelope]");
  if (box && target.matches("[name$='kind']")) kindChosen(box);
  if (box && target.matches("[name$='declared_value']")) askPassport(box.closest("form"), termsOf(box));
  if (target.matches("[data-left-out]")) leaveOut(target);
}

function clicked(event) {
  const word = event.target.closest("[data-word]");
  if (word) addWord(word);
  const more = event.target.closest("[data-one-more]");
  if (!more) return;
  event.preventDefault();
  oneMore(more.closest("form"));
}

export function listen() {
  document.addEventListener("change", changed);
  document.addEventListener("click", clicked);
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "own-pieces") $$(".envelope-more").forEach(offerPieces);
  });
}
