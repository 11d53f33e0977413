import assert from "node:assert/strict";
import { test } from "node:test";
import { read, readHour, readMoment, written, writtenMoment } from "../../static/carat/days.js";

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

test("an hour is read with or without its colon", () => {
  for (const text of ["19:30", "19.30", "1930", "19 30", " 19-30 "]) assert.equal(readHour(text), "19:30");
  assert.equal(readHour("9"), "09:00");
  assert.equal(readHour("930"), "09:30");
  for (const text of ["24:00", "19:60", "19:3", "семь", "", "12345"]) assert.equal(readHour(text), null);
});

test("a moment is a day and an hour", () => {
  for (const text of [
    "28.11.2026 19:30",
    "28.11.26, 19.30",
    "28.11 19:30",
    "28 11 2026 19:30",
    "281120261930",
    "2811261930",
    "2026-11-28T19:30",
  ])
    assert.equal(readMoment(text, 2026), "2026-11-28T19:30");
  assert.equal(readMoment("28.11.2026 19", 1999), "2026-11-28T19:00");
  for (const text of ["28.11.2026", "19:30", "28.11.2026 25:00", "31.02.2026 19:30", "завтра в 19:30", ""])
    assert.equal(readMoment(text, 2026), null);
  assert.equal(writtenMoment("2026-11-28T19:30"), "28.11.2026 19:30");
  assert.equal(writtenMoment(""), "");
});
