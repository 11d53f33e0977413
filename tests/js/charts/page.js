// A page's look for tests of charts.

import { styleOf } from "../../../static/carat/charts/style.js";

const LOOK = {
  ink: "rgb(1, 2, 3)",
  soft: "rgb(4, 5, 6)",
  quiet: "rgb(7, 8, 9)",
  palette: ["rgb(100, 20, 60)", "rgb(200, 180, 60)"],
  font: "Inter",
  language: "ru",
  narrow: false,
};

export const styleOfPage = (changes = {}) => styleOf({ ...LOOK, ...changes });
