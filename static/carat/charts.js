// Draws what analytics/shown/charts.py describes, in the page's own colours; the tables beside hold the numbers.

import * as bars from "./charts/bars.js";
import * as lines from "./charts/lines.js";
import { styleOf } from "./charts/style.js";

const KINDS = { ...bars, ...lines };
const NARROW = 640;

/** The page's colours as they are computed, for a canvas knows no variables. */
function coloursOf(...names) {
  const probe = document.createElement("i");
  document.body.append(probe);
  const colours = names.map((name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colours;
}

function lookOfPage() {
  const page = document.documentElement;
  const [ink, soft, quiet, ...palette] = coloursOf(
    "--tblr-body-color",
    "--tblr-border-color",
    "--tblr-secondary",
    "--tblr-primary",
    "--carat-gold",
  );
  const font = getComputedStyle(page).getPropertyValue("--tblr-font-sans-serif");
  return { ink, soft, quiet, palette, font, language: page.lang, narrow: window.innerWidth < NARROW };
}

function draw(box, chart, style) {
  if (chart.kind === "stack") box.style.height = `${Math.max(120, chart.rows.length * 36 + 48)}px`;
  const drawn = echarts.init(box, null, { renderer: "canvas" });
  drawn.setOption(KINDS[chart.kind](chart, style));
  window.addEventListener("resize", () => drawn.resize());
}

const charts = JSON.parse(document.getElementById("charts").textContent);
const style = styleOf(lookOfPage());
for (const box of document.querySelectorAll("[data-chart]")) draw(box, charts[box.dataset.chart], style);
