import assert from "node:assert/strict";
import { test } from "node:test";
import { told } from "../../../static/carat/sale/companions.js";

test("a page that shows nothing asks for nothing", () => {
  assert.equal(told({ querySelector: () => null }, null).toString(), "");
});
