// A list whose rows are ticked: one tick for all of the page.

import { $$ } from "./dom.js";

/** Shows the tick of all where there are rows; without scripts it would do nothing, so it is hidden. */
export function showTickOfAll(form) {
  for (const all of $$("[data-tick-all]", form)) all.hidden = !$$("[data-tick]", form).length;
}

export function listen() {
  document.addEventListener("change", ({ target }) => {
    const form = target.closest("[data-ticked]");
    if (!form) return;
    const rows = $$("[data-tick]", form);
    if (target.matches("[data-tick-all]")) {
      for (const row of rows) row.checked = target.checked;
      return;
    }
    for (const all of $$("[data-tick-all]", form)) all.checked = rows.every((row) => row.checked);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-sends-itself] select")) target.form.requestSubmit();
  });
}
