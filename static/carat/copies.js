// What leaves the page: on paper, and on the clipboard under its title.

import { $, $$ } from "./dom.js";

async function copyText(button) {
  const box = document.getElementById(button.dataset.copy);
  const lines = [button.dataset.title, ...$$("p", box).map((line) => line.textContent.trim())];
  await navigator.clipboard.writeText(lines.filter(Boolean).join("\n"));
  $("span", button).textContent = button.dataset.copied;
}

export function listen() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const button = event.target.closest("[data-copy]");
    if (button) copyText(button);
  });
}
