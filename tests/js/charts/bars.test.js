import assert from "node:assert/strict";
import { test } from "node:test";
import { bars, intervals, months, pairs, shares, stack } from "../../../static/carat/charts/bars.js";
import { styleOfPage } from "./page.js";

const style = styleOfPage();
const two = [
  { name: "постоянные", data: [40.5, 7] },
  { name: "новые", data: [59.5, 93] },
];

test("a share too thin for its number goes without", () => {
  const { series } = shares({ rows: ["изделия", "выручка"], series: two }, style);

  assert.deepEqual(
    [40.5, 8, 7.9].map((value) => series[0].label.formatter({ value })),
    ["40,5\u00a0%", "8\u00a0%", ""],
  );
  assert.deepEqual(
    series.map((one) => [one.name, one.label.backgroundColor, one.label.color]),
    [
      ["постоянные", style.palette[0], "#fff"],
      ["новые", style.palette[1], "#1f1d24"],
    ],
  );
});

test("each bar has the colour of its group and its sum", () => {
  const [series] = bars({ rows: ["постоянные", "новые"], data: [1234, 5678] }, style).series;

  assert.deepEqual(
    series.data.map((one) => [one.value, one.itemStyle.color]),
    [
      [1234, style.palette[0]],
      [5678, style.palette[1]],
    ],
  );
  assert.equal(series.label.formatter({ value: 1234 }), "1\u00a0234\u00a0₽");
});

test("the line of months stands over the bars, on the axis of per cent", () => {
  const { series, yAxis } = months({ rows: ["янв."], series: two, line: { name: "доля", data: [10] } }, style);

  assert.deepEqual(
    series.map((one) => [one.name, one.type, one.yAxisIndex]),
    [
      ["постоянные", "bar", undefined],
      ["новые", "bar", undefined],
      ["доля", "line", 1],
    ],
  );
  assert.equal(yAxis[1].max, 100);
});

test("names of months are turned where there is little room", () => {
  const turned = (narrow) => pairs({ rows: ["янв."], series: two }, styleOfPage({ narrow })).xAxis.axisLabel.rotate;

  assert.deepEqual([turned(false), turned(true)], [0, 60]);
});

test("the sum of a stack stands once, at its end, gaps counted as nought", () => {
  const series = [
    { name: "золото", data: [1000, 2000] },
    { name: "серебро", data: [500, null] },
  ];
  const [below, above] = stack({ rows: ["a", "b"], series, unit: "₽" }, style).series;

  assert.equal(below.label, undefined);
  assert.equal(above.label.formatter({ dataIndex: 0 }), "1\u00a0500\u00a0₽");
  assert.equal(above.label.formatter({ dataIndex: 1 }), "2\u00a0000\u00a0₽");
});

test("one series alone needs no legend", () => {
  const chart = { rows: ["a"], series: [{ name: "золото", data: [1] }] };

  assert.equal(stack(chart, style).legend, undefined);
  assert.equal(pairs(chart, style).legend, undefined);
  assert.equal(stack({ rows: ["a"], series: two }, style).legend, style.legend);
});

test("an interval is told with its bounds", () => {
  const { series, tooltip } = intervals({ rows: ["1"], axis: "визит", data: [[50, 40.5, 60]] }, style);

  assert.equal(tooltip.formatter([{ name: "1", dataIndex: 0 }]), "1: 50\u00a0% (40,5–60)");
  assert.deepEqual(
    series.map((one) => one.data),
    [[50], [40.5], [60]],
  );
});

test("days under columns stand upright where there is little room, and none covers another", () => {
  const label = (rows) => pairs({ rows, series: two }, styleOfPage({ narrow: true })).xAxis.axisLabel;

  assert.deepEqual([label(["08.06", "15.06"]).rotate, label(["08.06", "15.06"]).hideOverlap], [0, true]);
  assert.equal(label(["янв.", "08.06"]).rotate, 60);
});
