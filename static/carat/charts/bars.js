// Charts of bars. Each takes what analytics/charts.py describes and the style of the page, and gives ECharts its options.

import { DARK, inkOn, room, rowsOf, under } from "./style.js";

const THICK = 38;
const downwards = (chart, axis) => ({ ...rowsOf(chart, axis), inverse: true });
const legendOfMany = (chart, style) => (chart.series.length > 1 ? style.legend : undefined);

/** Two full bars, each in shares of a hundred; a share that is too thin for its number goes without. */
export function shares(chart, style) {
  const label = (at) => ({
    show: true,
    formatter: (p) => (p.value >= 8 ? `${style.number(p.value)}\u00a0%` : ""),
    color: at ? DARK : inkOn(style.palette[0]),
    fontWeight: 600,
    backgroundColor: style.palette[at ? 1 : 0],
    padding: [2, 4],
    borderRadius: 3,
  });
  return {
    ...style.base,
    legend: style.legend,
    grid: room(8, 36, 16, 8),
    xAxis: { type: "value", max: 100, show: false },
    yAxis: downwards(chart, style.axis),
    series: chart.series.map((one, at) => ({ ...one, type: "bar", stack: "all", barWidth: THICK, label: label(at) })),
  };
}

/** One bar a row, its sum at the end. */
export function bars(chart, style) {
  const label = {
    show: true,
    position: "right",
    formatter: (p) => `${style.number(p.value)}\u00a0₽`,
    ...style.text,
    fontWeight: 600,
  };
  const data = chart.data.map((value, at) => ({ value, itemStyle: { color: style.palette[at] } }));
  return {
    ...style.base,
    grid: room(8, 12, 96, 8),
    xAxis: { type: "value", show: false },
    yAxis: downwards(chart, style.axis),
    series: [{ type: "bar", barWidth: THICK, data, label }],
  };
}

/** Bars month by month, one on top of another, and a line in per cent over them; a small share has a scale of its own. */
export function months(chart, style) {
  const { axis, ink, narrow, text } = style;
  const label = { ...text, rotate: narrow ? 60 : 0, interval: 0, fontSize: narrow ? 11 : 12 };
  const line = { type: "line", yAxisIndex: 1, symbolSize: 7, lineStyle: { color: ink, width: 2 }, itemStyle: { color: ink } };
  return {
    ...style.base,
    legend: style.legend,
    grid: room(8, narrow ? 60 : 44, 8, 8), // the legend takes two lines where it is narrow
    xAxis: { ...rowsOf(chart, axis), axisLabel: label },
    yAxis: [
      { ...axis, type: "value", axisLabel: { ...text, formatter: style.short } },
      { ...style.percent, splitLine: { show: false }, ...(chart.line.small ? { max: null } : {}) },
    ],
    series: [...chart.series.map((one) => ({ ...one, type: "bar", stack: "all", barMaxWidth: 42 })), { ...chart.line, ...line }],
  };
}

/** Horizontal bars, one on top of another where there are several series; the sum stands at the end. */
export function stack(chart, style) {
  const said = style.inUnit(chart.unit);
  const sumOf = (row) => chart.series.reduce((all, series) => all + (series.data[row] || 0), 0);
  const sum = {
    show: true,
    position: "right",
    ...style.text,
    fontWeight: 600,
    formatter: (p) => said(Math.round(sumOf(p.dataIndex))),
  };
  const names = { ...style.text, width: style.narrow ? 110 : 190, overflow: "truncate" };
  return {
    ...style.base,
    legend: legendOfMany(chart, style),
    grid: room(8, chart.series.length > 1 ? 36 : 8, 92, 8),
    tooltip: { ...style.base.tooltip, axisPointer: { type: "shadow" }, valueFormatter: said },
    xAxis: { type: "value", show: false },
    yAxis: { ...downwards(chart, style.axis), axisLabel: names },
    series: chart.series.map((one, at) => ({
      ...one,
      type: "bar",
      stack: "all",
      barMaxWidth: 26,
      itemStyle: { color: style.palette[at] },
      label: at === chart.series.length - 1 ? sum : undefined,
    })),
  };
}

/** Bars beside one another in each row. */
export function pairs(chart, style) {
  const { axis, text } = style;
  return {
    ...style.base,
    legend: legendOfMany(chart, style),
    grid: room(8, 40, 8, 8),
    xAxis: { ...rowsOf(chart, axis), axisLabel: under(chart, style) },
    yAxis: { ...axis, type: "value", minInterval: 1, axisLabel: { ...text, formatter: style.short } },
    series: chart.series.map((one) => ({ ...one, type: "bar", barMaxWidth: 22 })),
  };
}

/** A value in per cent, and the bounds of its interval. */
export function intervals(chart, style) {
  const { number } = style;
  const column = (place) => chart.data.map((row) => row[place]);
  const said = ({ name, dataIndex }) => {
    const [value, low, high] = chart.data[dataIndex];
    return `${name}: ${number(value)}\u00a0% (${number(low)}–${number(high)})`;
  };
  const label = {
    show: true,
    position: "insideBottom",
    formatter: (p) => `${number(Math.round(p.value))}\u00a0%`,
    color: inkOn(style.palette[0]),
    fontWeight: 600,
    // Of many on a phone each is narrower than its words.
    ...(style.narrow && chart.data.length > 5 && { rotate: 90, align: "left", verticalAlign: "middle" }),
  };
  const mark = {
    type: "scatter",
    symbol: "rect",
    symbolSize: [18, 2],
    itemStyle: { color: style.ink },
    tooltip: { show: false },
  };
  return {
    ...style.base,
    grid: room(8, 24, 16, 28),
    tooltip: { ...style.base.tooltip, formatter: ([p]) => said(p) },
    xAxis: rowsOf(chart, style.named(chart.axis)),
    yAxis: style.percent,
    series: [
      { type: "bar", barMaxWidth: 44, data: column(0), label },
      ...[1, 2].map((bound) => ({ ...mark, data: column(bound) })),
    ],
  };
}
