import assert from "node:assert/strict";
import { test } from "node:test";
import { meaningOf, nameOf, shownAs } from "../../static/carat/keys.js";

test("a key is named by its place, whatever the layout types there", () => {
  assert.equal(nameOf({ code: "KeyS", key: "ы" }), "s");
  assert.equal(nameOf({ code: "Digit1", key: "!" }), "1");
  assert.equal(nameOf({ code: "Numpad3", key: "3" }), "3");
  assert.equal(nameOf({ code: "", key: "E" }), "e");
});

test("a slash goes to the search by its sign and by its place", () => {
  assert.equal(meaningOf({ key: "/", code: "Slash" }, false), "search");
  assert.equal(meaningOf({ key: ".", code: "Slash" }, false), "search");
  assert.equal(meaningOf({ key: "/", code: "NumpadDivide" }, false), "search");
});

test("in a field keys type, but for Escape and Alt with a digit", () => {
  assert.equal(meaningOf({ key: "/", code: "Slash" }, true), null);
  assert.equal(meaningOf({ key: "e", code: "KeyE" }, true), null);
  assert.equal(meaningOf({ key: "e", code: "KeyE", altKey: true }, true), null);
  assert.equal(meaningOf({ key: "Escape", code: "Escape" }, true), "leave");
  assert.equal(meaningOf({ key: "1", code: "Digit1", altKey: true }, true), "press");
  assert.equal(meaningOf({ key: "й", code: "KeyQ", altKey: true }, true), "press");
  assert.equal(nameOf({ key: "й", code: "KeyQ", altKey: true }), "alt+q");
  assert.equal(nameOf({ key: "й", code: "KeyQ" }), "q");
});

test("shortcuts of the browser stay the browser's", () => {
  for (const held of ["ctrlKey", "metaKey"]) {
    assert.equal(meaningOf({ key: "e", code: "KeyE", [held]: true }, false), null);
    assert.equal(meaningOf({ key: "/", code: "Slash", [held]: true }, false), null);
  }
});

test("outside fields a letter presses what bears it", () => {
  assert.equal(meaningOf({ key: "e", code: "KeyE" }, false), "press");
});

test("a question mark lists the keys, in both layouts", () => {
  assert.equal(meaningOf({ key: "?", code: "Slash", shiftKey: true }, false), "keys");
  assert.equal(meaningOf({ key: ",", code: "Slash", shiftKey: true }, false), "keys");
  assert.equal(meaningOf({ key: "?", code: "Digit7", shiftKey: true }, false), "keys");
  assert.equal(meaningOf({ key: "?", code: "Slash", shiftKey: true }, true), null);
});

test("a key is listed as its button shows it", () => {
  assert.equal(shownAs("1", "Alt+1"), "Alt+1");
  assert.equal(shownAs("s", ""), "S");
  assert.equal(shownAs("alt+q", undefined), "Alt+Q");
});
