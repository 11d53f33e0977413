import assert from "node:assert/strict";
import { test } from "node:test";
import { draftFor, filled, keyFor, lookUpAfter } from "../../../static/carat/sale/kept.js";

const OWNER = "1.7"; // a store and an employee
const keeps =
  (...keys) =>
  (key) =>
    keys.includes(key);

test("only lines in which something stands are kept", () => {
  const ring = ["R5387-6925", "ring", "", "", "", "list"];
  const empty = ["", "", "", "", "", "list"]; // sold by the price tag unless somebody says otherwise

  assert.deepEqual(filled([ring, empty], empty), [ring]);
  assert.deepEqual(filled([empty.with(5, "outlet")], empty), [empty.with(5, "outlet")]);
  assert.deepEqual(filled([], []), []);
});

test("what was typed for nobody comes back without a client, and for the one looked up from there", () => {
  const nobodys = keyFor(OWNER, "");

  assert.equal(draftFor({ owner: OWNER, client: "", from: null }, keeps(nobodys)), nobodys);
  assert.equal(draftFor({ owner: OWNER, client: "12", from: { owner: OWNER, client: "12" } }, keeps(nobodys)), nobodys);
  assert.equal(draftFor({ owner: OWNER, client: "12", from: { owner: OWNER } }, keeps(nobodys)), nobodys);
});

test("on another card, in another store and for another employee it is not shown", () => {
  const has = keeps(keyFor(OWNER, ""));

  assert.equal(draftFor({ owner: OWNER, client: "13", from: { owner: OWNER, client: "12" } }, has), null);
  assert.equal(draftFor({ owner: OWNER, client: "12", from: null }, has), null);
  assert.equal(draftFor({ owner: "2.7", client: "12", from: { owner: OWNER } }, has), null);
  assert.equal(draftFor({ owner: OWNER, client: "13", from: null }, keeps(keyFor(OWNER, "12"))), null);
});

test("a client's own draft is theirs", () => {
  const own = keyFor(OWNER, "12");

  assert.equal(draftFor({ owner: OWNER, client: "12", from: { owner: OWNER } }, keeps(own, keyFor(OWNER, ""))), own);
});

test("what was typed for a person who is gone by now is brought back for nobody", () => {
  const theirs = keyFor(OWNER, "12");

  assert.equal(draftFor({ owner: OWNER, client: "", gone: "12", from: null }, keeps(theirs)), theirs);
  assert.equal(draftFor({ owner: OWNER, client: "", from: null }, keeps(theirs)), null);
});

test("the first card that is opened is the one looked for; a second one or another page ends the look-up", () => {
  const from = { owner: OWNER };

  assert.deepEqual(lookUpAfter(from, { card: "12" }), { owner: OWNER, client: "12" });
  assert.equal(lookUpAfter({ owner: OWNER, client: "12" }, { card: "13" }), null);
  assert.equal(lookUpAfter(from, {}), null);
  assert.equal(lookUpAfter(from, { isOnTheWay: true }), from);
  assert.equal(lookUpAfter(null, { card: "12" }), null);
});
