// Several payments of a receipt: how much of what is to pay they leave.

import { $, $$ } from "../dom.js";
import { sum, written } from "../money.js";

/** What the parts leave of a sum, whichever way the money goes; to the kopeck. */
export const leftOf = (toPay, parts) => Math.round((Math.abs(toPay) - parts.reduce((all, part) => all + part, 0)) * 100) / 100;

/** What is to pay: the price of an order less what was prepaid, else as the bill says, else what the lines come to. */
function toPayOf(form) {
  if (form.dataset.prepaid) return sum($("[name=price]", form).value) - sum(form.dataset.prepaid);
  return sum(($("[data-to-pay]", form)?.dataset.toPay ?? $("[data-total]", form).textContent).replace("−", "-"));
}

function showLeft(form) {
  const place = $("[data-parts-left]", form);
  if (!place) return;
  const parts = $$("[data-part]", form).map((field) => sum(field.value));
  const left = leftOf(toPayOf(form), parts);
  place.hidden = !parts.some(Boolean) || left === 0;
  const words = left > 0 ? place.dataset.rest : place.dataset.over;
  place.textContent = words.replace("{sum}", written(Math.abs(left), document.documentElement.lang));
  place.classList.toggle("text-danger", left < 0);
}

export function listen() {
  document.addEventListener("click", ({ target }) => {
    const parts = target.closest("[data-in-parts] > summary")?.parentElement;
    if (parts) requestAnimationFrame(() => parts.open && $("input", parts).focus());
  });
  document.addEventListener("input", ({ target }) => target.form && showLeft(target.form));
  document.addEventListener("htmx:afterSettle", ({ target }) => target.closest("form") && showLeft(target.closest("form")));
}
