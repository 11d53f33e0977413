import assert from "node:assert/strict";
import { test } from "node:test";
import { sum, written } from "../../static/carat/money.js";

test("money is read as people type it", () => {
  for (const text of ["115900", "115 900", "115\u00a0900", "115 900 ₽", "115900,00", "115900.00"])
    assert.equal(sum(text), 115900);
  assert.equal(sum("1 200,50"), 1200.5);
});

test("where no number stands there is nought", () => {
  for (const text of ["", "R5387-6925", "₽"]) assert.equal(sum(text), 0);
});

test("money is written in the page's language, kopecks only where there are some", () => {
  assert.equal(written(254695, "ru"), "254\u00a0695\u00a0₽");
  assert.equal(written(254695, "en"), "254\u00a0695\u00a0₽");
  assert.equal(written(1200.5, "ru"), "1\u00a0200,50\u00a0₽");
  assert.equal(written(1200.5, "en"), "1\u00a0200.50\u00a0₽");
  assert.equal(written(0, "ru"), "0\u00a0₽");
});
