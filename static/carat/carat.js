// The counter's keyboard: everything here speeds up what works without it.

import * as connection from "./connection.js";
import * as copies from "./copies.js";
import * as days from "./days.js";
import { $, $$ } from "./dom.js";
import * as drafts from "./drafts.js";
import * as errands from "./errands.js";
import * as fields from "./fields.js";
import * as forms from "./forms.js";
import * as keys from "./keys.js";
import * as lock from "./lock.js";
import * as kept from "./sale/kept.js";
import * as lines from "./sale/lines.js";
import * as payments from "./sale/payments.js";
import * as scanner from "./sale/scanner.js";
import * as search from "./search.js";
import * as ticks from "./ticks.js";
import * as uploads from "./uploads.js";
import * as envelopes from "./workshop/envelopes.js";
import * as handOut from "./workshop/hand-out.js";
import * as visitor from "./workshop/visitor.js";

// In this order a key or a click passes through them.
const SUBJECTS = [
  connection,
  keys,
  search,
  forms,
  days,
  fields,
  lines,
  payments,
  scanner,
  visitor,
  copies,
  kept,
  drafts,
  uploads,
  envelopes,
  handOut,
  ticks,
  errands,
  lock,
];

const FIRST_FIELDS = [
  "main [autofocus]",
  "form[data-sale] [name$='-article']",
  "form[data-summed] [name$='-article']",
  "#register input:not([type=hidden], [value])", // what the search knew stands there already
  "#take-in input:not([type=hidden])",
];

/** For browsers that cannot show what is folded by style alone: there is room for it. */
function unfold() {
  if (matchMedia("(min-width: 48rem)").matches) for (const folded of $$(".fold-narrow")) folded.open = true;
}

/** Brings what the server wrote to the state in which a person finds it. */
function start() {
  unfold();
  days.upgradeAll();
  drafts.dropSaved();
  kept.noteLookUp();
  $$("[data-sale]").forEach(kept.bringSaleBack);
  $$("[data-draft]").forEach(drafts.bringBack);
  drafts.bringBackLeft();
  $$("[data-ring-size]").forEach(fields.showSizes);
  $$("[data-sale], [data-summed]").forEach(lines.showTotal);
  $$("[data-envelope]").forEach(envelopes.kindChosen);
  $$("[data-left-out]").forEach(envelopes.leaveOut);
  $$("[data-hand-out]").forEach(handOut.showProof);
  $$("[data-ticked]").forEach(ticks.showTickOfAll);
  errands.giveKeys();
  const first = $("[aria-invalid=true]") || $(FIRST_FIELDS.join(", "));
  first?.focus();
}

for (const subject of SUBJECTS) subject.listen();

document.addEventListener("DOMContentLoaded", () => {
  start();
  lock.start();
});

// A form that came back by htmx stands as one that came with its page.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "main") start();
});
