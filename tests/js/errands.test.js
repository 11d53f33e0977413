import assert from "node:assert/strict";
import { test } from "node:test";
import { goTo } from "../../static/carat/errands.js";

test("one goes from errand to errand, no further than the ends", () => {
  assert.deepEqual([goTo(0, 1, 3), goTo(2, 1, 3), goTo(0, -1, 3)], [1, 2, 0]);
});

test("where none is opened, a step opens the first", () => {
  assert.deepEqual([goTo(-1, 1, 3), goTo(-1, -1, 3)], [0, 0]);
});
