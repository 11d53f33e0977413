import assert from "node:assert/strict";
import { test } from "node:test";
import { isFree, passportIsDue } from "../../../static/carat/workshop/terms.js";

const TERMS = { cleaning: { passport: 50_000 }, engraving: { passport: null }, resizing: { passport: 0 } };

test("a proposal replaces nothing that a person typed", () => {
  assert.equal(isFree("", undefined), true);
  assert.equal(isFree("1500", "1500"), true);
  assert.equal(isFree("1800", "1500"), false);
  assert.equal(isFree("1800", undefined), false);
});

test("a passport is asked for from the declared value on", () => {
  assert.equal(passportIsDue([{ kind: "cleaning", declared: "49 999,99" }], TERMS), false);
  assert.equal(passportIsDue([{ kind: "cleaning", declared: "50 000" }], TERMS), true);
});

test("a kind may ask for it always or never", () => {
  assert.equal(passportIsDue([{ kind: "resizing", declared: "" }], TERMS), true);
  assert.equal(passportIsDue([{ kind: "engraving", declared: "900000" }], TERMS), false);
});

test("one envelope of several is enough, and none asks for nothing", () => {
  const cheap = { kind: "cleaning", declared: "" };

  assert.equal(passportIsDue([cheap, { kind: "cleaning", declared: "60000" }], TERMS), true);
  assert.equal(passportIsDue([cheap, cheap], TERMS), false);
  assert.equal(passportIsDue([], TERMS), false);
});
