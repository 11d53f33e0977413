// Charts of lines. Each takes what analytics/charts.py describes and the style of the page, and gives ECharts its options.

import { room, rowsOf } from "./style.js";

// Told apart without colours too.
const MARKS = ["circle", "rect", "triangle", "diamond"];
const STROKES = ["solid", "dashed", "dotted", "solid"];

/** Several lines over the same rows. */
export function lines(chart, style) {
  const said = style.inUnit(chart.unit);
  return {
    ...style.base,
    color: [style.palette[0], style.palette[1], style.ink, style.quiet],
    legend: style.legend,
    grid: room(8, 40, 24, 28),
    tooltip: { ...style.base.tooltip, valueFormatter: (value) => (value === undefined ? "–" : said(value)) },
    xAxis: rowsOf(chart, style.named(chart.axis)),
    yAxis: { ...style.axis, type: "value", min: 0, axisLabel: { ...style.text, formatter: said } },
    series: chart.series.map((one, at) => ({
      ...one,
      type: "line",
      symbol: MARKS[at % 4],
      symbolSize: 6,
      showSymbol: chart.rows.length < 20,
      lineStyle: { width: 2, type: STROKES[at % 4] },
    })),
  };
}

/** A curve of shares against shares, with the line of equality under it. */
export function curve(chart, style) {
  const said = ([x, y]) => `${style.number(x)}\u00a0% → ${style.number(y)}\u00a0%`;
  const line = { type: "line", showSymbol: false };
  const equality = { lineStyle: { color: style.quiet, type: "dashed", width: 1 }, silent: true };
  return {
    ...style.base,
    grid: room(8, 16, 24, 28),
    tooltip: { ...style.base.tooltip, formatter: ([p]) => said(p.value) },
    xAxis: { ...style.named(chart.axis), ...style.percent },
    yAxis: style.percent,
    series: [
      { ...line, name: chart.name, data: chart.points, lineStyle: { width: 2.5 }, areaStyle: { opacity: 0.12 } },
      {
        ...line,
        ...equality,
        data: [
          [0, 0],
          [100, 100],
        ],
      },
    ],
  };
}
