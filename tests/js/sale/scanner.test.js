import assert from "node:assert/strict";
import { test } from "node:test";
import { isNextPiece, isScanned, typed } from "../../../static/carat/sale/scanner.js";

test("a letter and a bar code tell the next piece from a price, and a sum that a hand types is none", () => {
  const [hand, scanner] = [
    [0, 120, 250, 400],
    [0, 5, 11, 16],
  ];

  for (const code of ["R5387-6925", "E6081", "К-12", "4600000000015"]) assert.equal(isNextPiece(code, hand), true);
  for (const price of ["", "5000", "5 000,50", "5000 ₽", "12-5", "20000200"]) assert.equal(isNextPiece(price, hand), false);
  assert.equal(isNextPiece("46000015", scanner), true);
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
