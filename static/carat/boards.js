// The order of a board by the keys: Alt and an arrow move the figure whose line has the focus; its buttons do the same.

const WAYS = { ArrowUp: "up", ArrowDown: "down" };

document.addEventListener("keydown", (event) => {
  const way = event.altKey && WAYS[event.key];
  const line = event.target.closest("[data-line]");
  if (!way || !line) return;
  event.preventDefault();
  const button = line.querySelector(`[data-way=${way}]`);
  button.focus();
  button.click();
});
