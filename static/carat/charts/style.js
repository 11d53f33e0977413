// How every chart looks and writes its numbers, from the colours of the page.

/** Ink on light colours, gold among them. */
export const DARK = "#1f1d24";

/** Ink that can be read on a colour, "rgb(r, g, b)" or "color(srgb r g b)". */
export function inkOn(background) {
  const [r, g, b] = (background.match(/[\d.]+/g) || []).map(Number);
  const scale = background.startsWith("rgb") ? 255 : 1;
  return (0.299 * r + 0.587 * g + 0.114 * b) / scale > 0.6 ? DARK : "#fff";
}

/** Numbers as the page's language writes them: whole, and short on an axis. */
export function numbersIn(language) {
  const russian = language === "ru";
  const number = (value) => value.toLocaleString(russian ? "ru-RU" : "en-GB").replaceAll(russian ? "\u00a0" : ",", "\u00a0");
  const short = (value) =>
    value >= 1e6 ? `${number(Math.round(value / 1e5) / 10)}\u00a0${russian ? "млн" : "m"}` : number(value);
  const inUnit = (unit) => (value) => `${short(value)}${unit ? `\u00a0${unit}` : ""}`;
  return { number, short, inUnit };
}

function axesIn(text, soft, inUnit) {
  const lines = { lineStyle: { color: soft } };
  const axis = { axisLine: lines, axisTick: { show: false }, axisLabel: text, splitLine: lines };
  const percent = { ...axis, type: "value", min: 0, max: 100, axisLabel: { ...text, formatter: inUnit("%") } };
  const named = (name) => ({ ...axis, name, nameLocation: "middle", nameGap: 28, nameTextStyle: text });
  return { axis, percent, named };
}

/** What the charts of a page share; `look` is its colours, font, language and whether it is narrow. */
export function styleOf(look) {
  const text = { color: look.ink, fontFamily: look.font, fontSize: 13 };
  const base = {
    textStyle: text,
    color: look.palette,
    animation: false,
    aria: { enabled: true, label: { enabled: false } },
    tooltip: { renderMode: "richText", trigger: "axis", confine: true },
  };
  const legend = { top: 0, textStyle: text, itemWidth: 14, itemHeight: 14 };
  const numbers = numbersIn(look.language);
  return { ...look, text, base, legend, ...axesIn(text, look.soft, numbers.inUnit), ...numbers };
}

/** Room around a chart for what stands beside it. */
export const room = (left, top, right, bottom) => ({ left, top, right, bottom, containLabel: true });

export const rowsOf = (chart, axis) => ({ ...axis, type: "category", data: chart.rows });

const isDay = (row) => /^\d\d\.\d\d(\.\d{2,4})?$/.test(row);

/** Words under columns: on a narrow chart they lean, but days stand upright and as many of them as there is room for. */
export function under(chart, style) {
  const areDays = chart.rows.length > 0 && chart.rows.every(isDay);
  const leaning = { rotate: style.narrow && !areDays ? 60 : 0 };
  return { ...style.text, fontSize: 12, ...leaning, ...(areDays ? { hideOverlap: true } : {}) };
}
