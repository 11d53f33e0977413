// What holds the scripts together: no address in any of them, and pages that ask for all they need at once.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const STATIC = join(ROOT, "static");
const read = (path) => readFileSync(join(ROOT, path), "utf8");

const scripts = readdirSync(join(STATIC, "carat"), { recursive: true })
  .filter((name) => name.endsWith(".js"))
  .map((name) => `carat/${name}`);

function importsOf(script) {
  const brought = [...read(`static/${script}`).matchAll(/^(?:import|export) [^;]*? from "([^"]+)";/gm)].map((found) => found[1]);
  return brought.map((path) => relative(STATIC, join(STATIC, dirname(script), path)));
}

/** All that a script brings, straight or through others; a circle is an error. */
function broughtBy(script, through = []) {
  assert.ok(!through.includes(script), `a circle: ${[...through, script].join(" → ")}`);
  return new Set(importsOf(script).flatMap((one) => [one, ...broughtBy(one, [...through, script])]));
}

function askedFor(template) {
  const preload = /rel="modulepreload"\s+href="\{% static ['"]([^'"]+)['"] %\}"/g;
  return [...read(template).matchAll(preload)].map((found) => found[1]).sort();
}

test("no script writes an address: it comes from the page by a data attribute", () => {
  const address = /["'`](?:https?:)?\/[\w$/]|\}\/\w\w/;
  const written = scripts.filter((script) => address.test(read(`static/${script}`)));

  assert.deepEqual(written, []);
});

test("a page asks at once for each module that its script brings", () => {
  const everywhere = askedFor("templates/parts/_scripts.html");
  const withCharts = askedFor("templates/analytics/_charts.html");

  assert.deepEqual(everywhere, [...broughtBy("carat/carat.js")].sort());
  assert.deepEqual(withCharts, [...broughtBy("carat/charts.js")].sort());
});

test("each script is brought by a page", () => {
  const entries = ["carat/carat.js", "carat/charts.js", "carat/boards.js", "carat/push.js", "carat/push-worker.js"];
  const used = new Set([...entries, ...entries.flatMap((entry) => [...broughtBy(entry)])]);

  assert.deepEqual(
    scripts.filter((script) => !used.has(script)),
    [],
  );
});
