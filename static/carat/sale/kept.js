// Looking for the client in the middle of a sale does not lose its lines: they wait under this tab.

import { $, $$ } from "../dom.js";
import { addLine, fieldOf, linesOf } from "./lines.js";

const KEPT = "carat.sale";

const fields = (line) => $$("input, select", line);

/** Lines in which anything stands. */
export const filled = (lines) => lines.filter((values) => values.some(Boolean));

function keepSale() {
  const form = $("[data-sale]");
  if (!form || form.dataset.sent) return;
  const lines = filled(linesOf(form).map((line) => fields(line).map((field) => field.value)));
  const receipt = $("[name=receipt_number]", form).value;
  if (lines.length) sessionStorage.setItem(KEPT, JSON.stringify({ lines, receipt }));
}

export function bringSaleBack(form) {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
  sessionStorage.removeItem(KEPT);
  if (!kept || $("[aria-invalid=true]") || fieldOf(form, "article").value) return;
  kept.lines.forEach((values, at) => {
    if (at) addLine(form);
    fields(linesOf(form)[at]).forEach((field, place) => {
      field.value = values[place];
    });
  });
  $("[name=receipt_number]", form).value = kept.receipt;
}

export function listen() {
  window.addEventListener("pagehide", keepSale);
}
