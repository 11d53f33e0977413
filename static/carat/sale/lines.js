// Lines of a sale and their total.

import { $, $$ } from "../dom.js";
import { sum, written } from "../money.js";

export const linesOf = (form) => $$("[data-line]", form);

/** The field of a line by its name within the line: "article", "kind", "price". */
export const fieldOf = (line, name) => $(`[name$='-${name}']`, line);

/** Whether a line is to stay: one of a receipt that is put right may be ticked out. */
const stays = (line) => !$("[name$='-gone']:checked", line);

/** What is to pay: the lines that stay, less what comes back for them. */
export function showTotal(form) {
  const back = sum(form.dataset.summed || "");
  const total = linesOf(form)
    .filter(stays)
    .reduce((all, line) => all + sum(fieldOf(line, "price").value), -back);
  $("[data-total]", form).textContent = written(total, document.documentElement.lang);
}

export function addLine(form) {
  const count = $("[name='pieces-TOTAL_FORMS']", form);
  const box = document.createElement("div");
  box.innerHTML = $("[data-empty-line]", form).innerHTML.replaceAll("__prefix__", count.value);
  const line = box.firstElementChild;
  $("[data-lines]", form).append(line);
  count.value = Number(count.value) + 1;
  $("input", line).focus();
  return line;
}

export function listen() {
  document.addEventListener("input", (event) => {
    const form = event.target.closest("[data-sale], [data-summed]");
    if (form) showTotal(form);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-line]");
    if (button) addLine(button.closest("form"));
  });
}
