// Lighthouse over pages of a running product: accessibility and best practices must be 1. By hand (`make lighthouse`), for a page
// takes about 15 seconds. ADDRESS, LOGIN and PASSWORD say where and as whom; pages may be named behind the script.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const { ADDRESS = "http://127.0.0.1:8000", LOGIN = "admin", PASSWORD = "carat-demo" } = process.env;
const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const COUNTER = ["/", "/clients/1/", "/sales/new/?client=1", "/clients/register/", "/service/new/"];
const LISTS = ["/clients/", "/sales/", "/ask/", "/programs/", "/returning/"];
const PAGES = process.argv.length > 2 ? process.argv.slice(2) : [...COUNTER, ...LISTS];

const chrome = await launch({ chromePath: CHROMIUM, chromeFlags: ["--headless=new", "--no-sandbox"] });
const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${chrome.port}`, defaultViewport: null });
const page = await browser.newPage();
// Who signs in and who looks are one browser: a session does not go to another.
await page.goto(`${ADDRESS}/accounts/login/`);
await page.type("#id_login", LOGIN);
await page.type("#id_password", PASSWORD);
await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);

const seen = ["accessibility", "best-practices"];
const options = { port: chrome.port, onlyCategories: seen, disableStorageReset: true, throttlingMethod: "provided" };
const desktop = { formFactor: "desktop", screenEmulation: { disabled: true }, emulatedUserAgent: false };
let held = true;
for (const path of PAGES) {
  const { lhr } = await lighthouse(ADDRESS + path, { ...options, ...desktop }, undefined, page);
  const scores = Object.values(lhr.categories).map(({ score }) => score);
  const wrong = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 1);
  const there = lhr.finalDisplayedUrl.startsWith(ADDRESS + path.split("?")[0]);
  held &&= there && scores.every((score) => score === 1);
  const faults = wrong.map(({ id }) => id).join(", ");
  process.stdout.write(`${path} ${scores.join(" ")} ${there ? faults : lhr.finalDisplayedUrl}\n`);
}
await browser.disconnect();
chrome.kill();
process.exit(held ? 0 : 1);
