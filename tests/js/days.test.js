import assert from "node:assert/strict";
import { test } from "node:test";
import { read, written } from "../../static/carat/days.js";

test("a day is read in every usual writing", () => {
  for (const text of ["28.11.2026", "28.11.26", "28/11/2026", "28 11 2026", "28-11-26", "28112026", "281126", "2026-11-28"])
    assert.equal(read(text, 1999), "2026-11-28");
  for (const text of ["3.7", "03.07", "0307", " 3,7 "]) assert.equal(read(text, 2026), "2026-07-03");
});

test("what is no day is none", () => {
  for (const text of ["31.02.2026", "29.02.2025", "0.1.2026", "12.13.2026", "завтра", "1", "123", "28.11.202", "28.11.20266"])
    assert.equal(read(text, 2026), null);
  assert.equal(read("29.02.2024", 2026), "2024-02-29");
});

test("it is shown as people write it", () => {
  assert.equal(written("2026-11-28"), "28.11.2026");
  assert.equal(written(""), "");
});
