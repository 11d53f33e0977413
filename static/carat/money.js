// Money as people type it, and as pages write it.

/** Roubles of a typed sum; nought where there is no number. */
export function sum(text) {
  return parseFloat(text.replace(/[\s₽]/g, "").replace(",", ".")) || 0;
}

/** A sum as the page's language writes it, kopecks only where there are some. */
export function written(roubles, language) {
  const kopecks = Number.isInteger(roubles) ? {} : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const text = roubles.toLocaleString(language === "ru" ? "ru-RU" : "en-US", kopecks).replace("-", "−");
  return `${language === "ru" ? text : text.replaceAll(",", "\u00a0")}\u00a0₽`;
}
