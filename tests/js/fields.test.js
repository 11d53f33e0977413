import assert from "node:assert/strict";
import { test } from "node:test";
import { dotted, otherSizes, restOfAddress } from "../../static/carat/fields.js";

test("eight digits become a day, anything else stays as typed", () => {
  assert.equal(dotted("03071985"), "03.07.1985");
  for (const text of ["0307198", "030719850", "03.07.1985", "14.02", "", "0307198a"]) assert.equal(dotted(text), text);
});

test("a ring's size is shown in the other systems, in the language's own numbers", () => {
  assert.equal(otherSizes("17.5", "en"), "EU 55 · US 7.25");
  assert.equal(otherSizes("17,5", "ru"), "EU 55 · US 7,25");
});

test("what no finger has is shown in no system", () => {
  for (const text of ["", "9,9", "30.1", "большой"]) assert.equal(otherSizes(text, "ru"), "");
  assert.match(otherSizes("10", "ru"), /^EU 31/);
  assert.match(otherSizes("30", "ru"), /^EU 94/);
});

test("a domain that has begun is completed, the most usual first", () => {
  const begun = { "anna@m": "ail.ru", "anna@y": "andex.ru", "anna@ya": "ndex.ru", "a.b@G": "mail.com", "anna@ya.": "ru" };
  for (const [text, rest] of Object.entries(begun)) assert.equal(restOfAddress(text), rest);
  for (const text of ["anna@", "anna", "@m", "anna@company", "anna@mail.ru", "an na@m", ""])
    assert.equal(restOfAddress(text), "");
});
