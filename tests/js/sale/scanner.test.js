import assert from "node:assert/strict";
import { test } from "node:test";
import { isArticle, isScanned, typed } from "../../../static/carat/sale/scanner.js";

test("a letter tells an article from a price", () => {
  for (const code of ["R5387-6925", "E6081", "К-12", "4600000000015"]) assert.equal(isArticle(code), true);
  for (const price of ["", "5000", "5 000,50", "5000 ₽", "12-5"]) assert.equal(isArticle(price), false);
});

test("a known price comes as a person types it", () => {
  assert.equal(typed("5000.00"), "5000");
  assert.equal(typed("5000.50"), "5000,50");
});

test("a scanner types quicker than a hand", () => {
  assert.equal(isScanned([0, 5, 11, 16, 21]), true);
  assert.equal(isScanned([0, 120, 250, 400, 520]), false);
  assert.equal(isScanned([0, 1, 2]), false);
  assert.equal(isScanned([]), false);
});
