// What the house asks by the kind of work: its usual price and day, and from which value on a passport.

import { sum } from "../money.js";

/** Whether the kind may write into a field: what a person typed stays. */
export const isFree = (value, proposed) => !value || value === proposed;

/** Whether any of the envelopes, `{kind, declared}` each, is worth a passport. */
export function passportIsDue(envelopes, terms) {
  return envelopes.some(({ kind, declared }) => {
    const since = terms[kind].passport;
    return since !== null && sum(declared) >= since;
  });
}
