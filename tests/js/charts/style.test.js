import assert from "node:assert/strict";
import { test } from "node:test";
import { inkOn, numbersIn } from "../../../static/carat/charts/style.js";
import { styleOfPage } from "./page.js";

test("ink is dark on light colours and light on dark ones, in both notations", () => {
  assert.equal(inkOn("rgb(250, 248, 244)"), "#1f1d24");
  assert.equal(inkOn("rgb(100, 20, 60)"), "#fff");
  assert.equal(inkOn("color(srgb 0.9 0.9 0.9)"), "#1f1d24");
  assert.equal(inkOn("color(srgb 0.1 0.1 0.1)"), "#fff");
});

test("numbers are written with a space that does not break", () => {
  assert.equal(numbersIn("ru").number(1234567.5), "1\u00a0234\u00a0567,5");
  assert.equal(numbersIn("en").number(1234567.5), "1\u00a0234\u00a0567.5");
});

test("millions are short", () => {
  assert.equal(numbersIn("ru").short(2_540_000), "2,5\u00a0млн");
  assert.equal(numbersIn("en").short(2_540_000), "2.5\u00a0m");
  assert.equal(numbersIn("ru").short(999_999), "999\u00a0999");
});

test("a unit stands after the number where there is one", () => {
  const { inUnit } = numbersIn("ru");

  assert.equal(inUnit("₽")(1500), "1\u00a0500\u00a0₽");
  assert.equal(inUnit(undefined)(1500), "1\u00a0500");
});

test("text is of the page's ink and font", () => {
  assert.deepEqual(styleOfPage().text, { color: "rgb(1, 2, 3)", fontFamily: "Inter", fontSize: 13 });
});
