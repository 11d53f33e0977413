import assert from "node:assert/strict";
import { test } from "node:test";
import { filled } from "../../../static/carat/sale/kept.js";

test("only lines in which something stands are kept", () => {
  const ring = ["R5387-6925", "ring", "", "", ""];

  assert.deepEqual(filled([ring, ["", "", "", "", ""]]), [ring]);
  assert.deepEqual(filled([]), []);
});
