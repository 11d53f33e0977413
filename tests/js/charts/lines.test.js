import assert from "node:assert/strict";
import { test } from "node:test";
import { curve, lines } from "../../../static/carat/charts/lines.js";
import { styleOfPage } from "./page.js";

const style = styleOfPage();

test("lines are told apart without colours", () => {
  const series = ["2016", "2017", "2018"].map((name) => ({ name, data: [1] }));
  const drawn = lines({ rows: ["1"], axis: "месяц", series }, style).series;

  assert.deepEqual(
    drawn.map((one) => [one.name, one.symbol, one.lineStyle.type]),
    [
      ["2016", "circle", "solid"],
      ["2017", "rect", "dashed"],
      ["2018", "triangle", "dotted"],
    ],
  );
});

test("a line that has ended says so with a dash", () => {
  const { valueFormatter } = lines({ rows: ["1"], series: [], unit: "₽" }, style).tooltip;

  assert.equal(valueFormatter(undefined), "–");
  assert.equal(valueFormatter(1500), "1\u00a0500\u00a0₽");
});

test("marks of many rows would cover the line", () => {
  const shown = (count) => lines({ rows: Array(count).fill(""), series: [{ data: [] }] }, style).series[0].showSymbol;

  assert.deepEqual([shown(19), shown(20)], [true, false]);
});

test("a curve is told in per cent and lies over the line of equality", () => {
  const { series, tooltip } = curve({ axis: "клиенты", name: "выручка", points: [[20, 61.5]] }, style);

  assert.equal(tooltip.formatter([{ value: [20, 61.5] }]), "20\u00a0% → 61,5\u00a0%");
  assert.deepEqual(series[1].data, [
    [0, 0],
    [100, 100],
  ]);
});
