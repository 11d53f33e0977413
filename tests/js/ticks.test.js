import assert from "node:assert/strict";
import { test } from "node:test";
import { showTickOfAll } from "../../static/carat/ticks.js";

const listOf = (rows, all) => ({ querySelectorAll: (selector) => (selector === "[data-tick]" ? rows : [all]) });

test("a list without rows has no tick of all", () => {
  for (const [rows, hidden] of [
    [[], true],
    [[{}], false],
  ]) {
    const all = { hidden: true };
    showTickOfAll(listOf(rows, all));
    assert.equal(all.hidden, hidden);
  }
});
