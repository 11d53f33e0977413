// The counter's keyboard: everything here speeds up what works without it.
"use strict";

const typing = (el) => el && (el.matches("input, select, textarea") || el.isContentEditable);
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

document.addEventListener("keydown", (event) => {
  const inField = typing(event.target);
  if ((event.key === "/" || event.code === "Slash") && !inField && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    $("#search")?.select();
    $("#search")?.focus();
  } else if (event.key === "Escape") {
    document.activeElement?.blur();
    $("#found")?.replaceChildren();
    $$("details.menu[open]").forEach((menu) => { menu.open = false; });
  } else if ((event.altKey && /^\d$/.test(event.key)) || (!inField && !event.ctrlKey && !event.metaKey && !event.altKey)) {
    // The key's place counts too: with a Russian layout «S» types «ы».
    const name = /^(Key|Digit)/.test(event.code) ? event.code.replace(/^(Key|Digit)/, "").toLowerCase() : event.key.toLowerCase();
    const target = $(`[data-key="${CSS.escape(name)}"]`);
    if (target) { event.preventDefault(); target.click(); target.focus(); }
  }
});

// The search box: arrows walk through what was found, Enter opens it.
document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.(".search");
  if (!box || !["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
  const found = $$("[data-found]", box);
  const at = found.indexOf(document.activeElement);
  if (event.key === "Enter") {
    if (at < 0 && found.length && box.dataset.for === $("#search").value) { event.preventDefault(); found[0].click(); }
    return;
  }
  event.preventDefault();
  const next = event.key === "ArrowDown" ? at + 1 : at - 1;
  (next < 0 ? $("#search") : found[Math.min(next, found.length - 1)])?.focus();
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "found") event.target.closest(".search").dataset.for = $("#search").value;
});

// Enter goes to the next field that is still empty; after the last it sends the form.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("[data-enter-next]");
  if (!form || event.key !== "Enter" || event.ctrlKey || !event.target.matches("input:not([type=submit]), select")) return;
  const only = $("[data-only]", form);
  if (only && event.target.closest("[data-saying]")) { event.preventDefault(); only.click(); return; }
  const fields = $$("input:not([type=hidden]):not([type=checkbox]), select", form).filter((el) => el.offsetParent && !el.disabled);
  const next = fields.slice(fields.indexOf(event.target) + 1).find((el) => !el.value && !el.matches("[data-optional]"))
    || (form.matches("[data-consents]") && !event.target.matches("[type=checkbox]") && $("[name=consent_personal_data]:not(:checked)", form));
  if (next) { event.preventDefault(); next.focus(); }
});

// One filled form is sent once.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => { delete form.dataset.sent; }, 8000);
});
window.addEventListener("pageshow", () => $$("[data-once]").forEach((form) => { delete form.dataset.sent; }));

// Dots of a day come by themselves: 03071985 → 03.07.1985.
document.addEventListener("input", (event) => {
  const el = event.target;
  if (el.matches("[data-day]") && /^\d{8}$/.test(el.value)) {
    el.value = `${el.value.slice(0, 2)}.${el.value.slice(2, 4)}.${el.value.slice(4)}`;
  }
  if (el.matches("[data-ring-size]")) showSizes(el);
  if (el.closest("[data-sale]")) showTotal(el.closest("[data-sale]"));
});

// Ring sizes in three systems: diameter in mm, EU = π·d, US = (d − 11.63) / 0.8128.
function showSizes(el) {
  const out = $(`[data-sizes-of="${el.id}"]`);
  const mm = parseFloat(el.value.replace(",", "."));
  if (!out) return;
  const us = Math.round(((mm - 11.63) / 0.8128) * 4) / 4;
  out.textContent = mm >= 10 && mm <= 30 ? `EU ${Math.round(mm * Math.PI)} · US ${us.toLocaleString(document.documentElement.lang)}` : "";
}

const sum = (text) => parseFloat(text.replace(/[\s ₽]/g, "").replace(",", ".")) || 0;
function showTotal(form) {
  const total = $$("[name$='-price']", form).reduce((all, el) => all + sum(el.value), 0);
  const language = document.documentElement.lang === "ru" ? "ru-RU" : "en-US";
  const kopecks = Number.isInteger(total) ? {} : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const text = total.toLocaleString(language, kopecks);
  $("[data-total]", form).textContent = `${language === "ru-RU" ? text : text.replaceAll(",", "\u00a0")} ₽`;
}

// Lines of a sale: Enter in the last field of a line adds one; a scanned article brings its kind and price.
function addLine(form) {
  const count = $("[name='pieces-TOTAL_FORMS']", form);
  const box = document.createElement("div");
  box.innerHTML = $("[data-empty-line]", form).innerHTML.replaceAll("__prefix__", count.value);
  const line = box.firstElementChild;
  $("[data-lines]", form).append(line);
  count.value = Number(count.value) + 1;
  $("input", line).focus();
}
document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add-line]");
  if (add) addLine(add.closest("form"));
  const take = event.target.closest("[data-take-client]");
  if (take) takeClient(take);
  if (event.target.closest("[data-print]")) window.print();
  const copy = event.target.closest("[data-copy]");
  if (copy) copyText(copy);
});
// Kind and last price of an article; whether the price was filled in.
async function lookedUp(el) {
  const line = el.closest("[data-line]");
  const answer = await fetch(`/sales/article/?article=${encodeURIComponent(el.value)}`);
  if (!answer.ok) return false;
  const facts = await answer.json();
  const kind = $("[name$='-kind']", line), price = $("[name$='-price']", line);
  if (facts.kind && !kind.value) kind.value = facts.kind;
  if (facts.price === null || price.value) return false;
  price.value = facts.price.replace(/\.00$/, "").replace(".", ",");
  showTotal(line.closest("form"));
  return true;
}
// Asked once a scan: two answers would race, the first to come filling the price and the second staying there.
// Filling and going on are one step, so that the next scan lands whole in one field.
async function scanned(article) {
  const price = $("[name$='-price']", article.closest("[data-line]"));
  if (await lookedUp(article) && document.activeElement === price) addLine(article.closest("form"));
}
// Enter in an empty line: the sale is whole where its client or reason is known, else those come next.
function finish(form) {
  const known = $("[name=client]", form).value || $("[name=no_card_reason]:checked", form);
  if (known) form.requestSubmit(); else $("[name=no_card_reason]", form).focus();
}
document.addEventListener("change", (event) => {
  if (event.target.matches("[name$='-article']")) scanned(event.target);
});
document.addEventListener("keydown", (event) => {
  const line = event.target.closest?.("[data-line]");
  if (!line || event.key !== "Enter" || event.ctrlKey || !event.target.matches("input, select")) return;
  event.preventDefault();
  const form = line.closest("form");
  const article = $("[name$='-article']", line), price = $("[name$='-price']", line);
  if (event.target === article) {
    if (!article.value) { finish(form); return; }
    price.focus(); // the article's change looks it up
  } else if (event.target === price && /\p{L}/u.test(price.value)) {
    // A scanner was quicker than the last price's answer: what stands here is the next piece.
    const code = price.value;
    price.value = "";
    addLine(form);
    const next = $$("[data-line]", form).at(-1);
    $("[name$='-article']", next).value = code;
    $("[name$='-price']", next).focus();
    scanned(article);
    scanned($("[name$='-article']", next));
  } else if (line === $$("[data-line]", form).at(-1)) addLine(form);
  else $("input", line.nextElementSibling).focus();
});

// «It is Anna»: the desk takes the proposed card, and goes on to what is to be done.
function takeClient(button) {
  const form = button.closest("form");
  $("[data-client]", form).value = button.dataset.takeClient;
  $$(".match", form).forEach((match) => { match.hidden = match !== button.closest(".match"); });
  button.removeAttribute("data-only");
  button.hidden = true;
  const other = document.createElement("a");
  other.href = location.pathname;
  other.className = "btn end";
  other.textContent = form.dataset.other;
  button.after(other);
  button.closest(".match").classList.add("taken");
  $$("#id_first_name, #id_middle_name, #id_last_name, #id_birth_date", form).forEach((el) => { if (el.id.includes("first") || el.id.includes("middle")) el.closest(".mb-3").hidden = true; else el.readOnly = true; });
  if (form.dataset.ownPieces) htmx.ajax("GET", `${form.dataset.ownPieces}?client=${button.dataset.takeClient}`, { target: "#own-pieces", swap: "innerHTML" });
  $$("[data-saying]", form).forEach((el) => { el.removeAttribute("hx-post"); el.removeAttribute("hx-trigger"); htmx.process(el); });
  $("#id_phone", form).focus();
}

// The text of a box on the clipboard, under its title.
async function copyText(button) {
  const lines = [button.dataset.title, ...$$("p", document.getElementById(button.dataset.copy)).map((line) => line.textContent.trim())];
  await navigator.clipboard.writeText(lines.filter(Boolean).join("\n"));
  $("span", button).textContent = button.dataset.copied;
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-autosubmit]");
  if (form) form.requestSubmit();
});

// Looking for the client in the middle of a sale does not lose its lines: they wait under this tab.
const KEPT = "carat.sale";
function keepSale() {
  const form = $("[data-sale]");
  if (!form || form.dataset.sent) return;
  const lines = $$("[data-line]", form).map((line) => $$("input, select", line).map((el) => el.value)).filter((line) => line.some(Boolean));
  if (lines.length) sessionStorage.setItem(KEPT, JSON.stringify({ lines, receipt: $("[name=receipt_number]", form).value }));
}
function bringSaleBack(form) {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
  sessionStorage.removeItem(KEPT);
  if (!kept || $("[aria-invalid=true]") || $("[name='pieces-0-article']", form).value) return;
  kept.lines.forEach((values, at) => {
    if (at) addLine(form);
    $$("input, select", $$("[data-line]", form)[at]).forEach((el, n) => { el.value = values[n]; });
  });
  $("[name=receipt_number]", form).value = kept.receipt;
}
window.addEventListener("pagehide", keepSale);

document.addEventListener("click", (event) => {
  if (!event.target.closest(".search")) $("#found")?.replaceChildren();
});

document.addEventListener("DOMContentLoaded", () => {
  // Who opens the link has said no already; a robot that only follows links runs no scripts.
  $("[data-submit-at-once]")?.submit();
  start();
});
// A form that came back by htmx stands as one that came with its page.
document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "main") start(); });
function start() {
  $$("[data-sale]").forEach(bringSaleBack);
  $$("[data-ring-size]").forEach(showSizes);
  $$("[data-sale]").forEach(showTotal);
  $$("[data-envelope]").forEach(kindChosen);
  $$("[data-left-out]").forEach(leaveOut);
  const wrong = $("[aria-invalid=true]");
  const first = wrong || $("main [autofocus], form[data-sale] [name$='-article'], #register input:not([type=hidden]), #take-in input:not([type=hidden])");
  first?.focus();
}

// A form with files: how much has gone, and what to do when it did not arrive.
document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = $("[data-upload]", event.target);
  if (bar && event.detail.lengthComputable && event.detail.total > 200_000) { bar.hidden = false; bar.value = event.detail.loaded / event.detail.total; }
});
for (const trouble of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(trouble, (event) => {
    const form = event.target.closest("[data-unsent]");
    if (!form || event.detail.elt !== form) return;
    delete form.dataset.sent;
    $("[data-upload]", form)?.setAttribute("hidden", "");
    $("[data-unsent-here]", form)?.remove();
    const said = document.createElement("div");
    said.className = "alert alert-danger";
    said.setAttribute("role", "alert");
    said.dataset.unsentHere = "";
    said.textContent = form.dataset.unsent;
    form.prepend(said);
    said.scrollIntoView({ block: "nearest" });
  });
}

// The desk: what is to be done decides what is asked for, the usual price and the day; what a person typed stays.
function kindChosen(box) {
  const terms = JSON.parse(box.closest("[data-terms]").dataset.terms), kind = $("[name$='kind']", box).value;
  $$("[data-for-kind]", box).forEach((el) => { el.hidden = el.dataset.forKind !== kind; });
  for (const [name, value] of [["due_on", terms[kind].due], ["price", terms[kind].price]]) {
    const el = $(`[name$='${name}']`, box);
    if (!el.value || el.value === el.dataset.proposed) { el.value = value; el.dataset.proposed = value; }
  }
  askPassport(box.closest("form"), terms);
}
function askPassport(form, terms) {
  const asked = $$("[data-envelope]", form).filter((box) => !box.closest("[data-of-piece]")?.hidden).some((box) => {
    const since = terms[$("[name$='kind']", box).value].passport;
    return since !== null && sum($("[name$='declared_value']", box).value) >= since;
  });
  const passport = $("[data-passport]", form);
  passport.hidden = !asked && !$(".invalid-feedback", passport);
}
document.addEventListener("change", (event) => {
  const box = event.target.closest("[data-envelope]");
  if (box && event.target.matches("[name$='kind']")) kindChosen(box);
  if (box && event.target.matches("[name$='declared_value']")) askPassport(box.closest("form"), JSON.parse(box.closest("[data-terms]").dataset.terms));
});
document.addEventListener("click", (event) => {
  const word = event.target.closest("[data-word]");
  if (word) {
    const field = $("[name$='description']", word.closest("[data-envelope]"));
    field.value = [field.value, word.dataset.word].filter(Boolean).join(", ");
    field.focus();
  }
  const more = event.target.closest("[data-one-more]");
  if (more) { event.preventDefault(); oneMore(more.closest("form")); }
});
// The pieces of a client who was chosen here, offered for a further envelope as for the first, which alone has the keys.
function offerPieces(box) {
  const own = $("#own-pieces");
  const here = $("[data-own-pieces-here]", box);
  if (!own || !here || here.childElementCount) return;
  here.innerHTML = own.innerHTML.replaceAll('name="piece"', `name="${here.dataset.ownPiecesHere}"`).replaceAll("data-key", "data-was-key").replaceAll(" checked", "");
  $$("kbd", here).forEach((key) => key.remove());
}
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "own-pieces") $$(".envelope-more").forEach(offerPieces);
});
// A piece that is left out is greyed, and comes back by the same box.
function leaveOut(box) {
  $("[data-of-piece]", box.closest(".envelope-more")).hidden = box.checked;
}
document.addEventListener("change", (event) => { if (event.target.matches("[data-left-out]")) leaveOut(event.target); });
function oneMore(form) {
  const count = $("[name='more-TOTAL_FORMS']", form), box = document.createElement("div");
  if (Number(count.value) >= 9) return;
  box.innerHTML = $("[data-empty-envelope]", form).innerHTML.replaceAll("__prefix__", count.value);
  offerPieces(box);
  const envelope = box.firstElementChild;
  $("[data-envelopes]", form).append(envelope);
  count.value = Number(count.value) + 1;
  kindChosen(envelope);
  setTimeout(() => $("[name$='description']", envelope).focus()); // after the key that was pressed has focused its button
}

// Hand-out: six digits for a code, who came for a document.
function showProof(form) {
  const chosen = $("[name=handed_by]", form).value;
  $$("[data-shown-for]", form).forEach((el) => { el.hidden = el.dataset.shownFor !== chosen; });
}
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-hand-out] [name=handed_by]")) showProof(event.target.form);
});
$$("[data-hand-out]").forEach(showProof);
