import assert from "node:assert/strict";
import { test } from "node:test";
import { actAfter, placeAfter } from "../../static/carat/search.js";

test("arrows walk from the box through what was found and stop at its end", () => {
  assert.deepEqual(
    [-1, 0, 1, 2].map((at) => placeAfter(at, "ArrowDown", 3)),
    [0, 1, 2, 2],
  );
});

test("arrows come back to the box", () => {
  assert.deepEqual(
    [2, 1, 0, -1].map((at) => placeAfter(at, "ArrowUp", 3)),
    [1, 0, -1, -1],
  );
});

test("where nothing was found both arrows stay in the box", () => {
  assert.equal(placeAfter(-1, "ArrowDown", 0), -1);
  assert.equal(placeAfter(-1, "ArrowUp", 0), -1);
});

test("the arrow to the right leads along a row to what can be done, the one to the left back to the card", () => {
  assert.deepEqual(
    [0, 1, 2].map((at) => actAfter(at, "ArrowRight", 3)),
    [1, 2, 2],
  );
  assert.deepEqual(
    [2, 1, 0].map((at) => actAfter(at, "ArrowLeft", 3)),
    [1, 0, 0],
  );
});
