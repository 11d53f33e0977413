// Draws what analytics/shown/charts.py describes, in the page's own colours; the tables beside hold the numbers.

import * as bars from "./charts/bars.js";
import * as lines from "./charts/lines.js";
import { styleOf } from "./charts/style.js";

const KINDS = { ...bars, ...lines };
const NARROW = 720; // of the box in which a chart stands

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
  return { ink, soft, quiet, palette, font, language: page.lang };
}

/** As high as its rows want; before anything is drawn, for neighbours in a row stretch to the highest. */
function stretch(box, chart) {
  if (chart.kind === "stack") box.style.minHeight = `${Math.max(120, chart.rows.length * 36 + 48)}px`;
}

function draw(box, chart, look) {
  const style = styleOf({ ...look, narrow: box.clientWidth < NARROW });
  const drawn = echarts.init(box, null, { renderer: "canvas" });
  drawn.setOption(KINDS[chart.kind](chart, style));
  window.addEventListener("resize", () => drawn.resize());
}

const charts = JSON.parse(document.getElementById("charts").textContent);
const boxes = [...document.querySelectorAll("[data-chart]")];
const look = lookOfPage();
for (const box of boxes) stretch(box, charts[box.dataset.chart]);
for (const box of boxes) draw(box, charts[box.dataset.chart], look);
