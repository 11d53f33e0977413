// The client's page: notifications on this device, asked for by a button alone. Without this script the page lacks nothing else.

const section = document.querySelector("[data-push]");
const form = section.querySelector("form[data-turn-on]");
const MOBILE_APPLE = /iPhone|iPad/;

/** The browser's address at its own service as the page lists devices: by its digest. */
async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
}

function bytes(key) {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function isOurs(subscription) {
  const key = new Uint8Array(subscription.options.applicationServerKey || []);
  const own = bytes(section.dataset.push);
  return key.length === own.length && key.every((one, place) => one === own[place]);
}

function show(name) {
  for (const one of section.querySelectorAll("[data-shown]")) one.hidden = one.dataset.shown !== name;
}

/** What this browser can do, and whether it is among the devices of the page. */
async function look() {
  if (!("serviceWorker" in navigator && "PushManager" in window)) {
    show(MOBILE_APPLE.test(navigator.userAgent) ? "install" : "cannot");
    return;
  }
  if (Notification.permission === "denied") {
    show("denied");
    return;
  }
  const registration = await navigator.serviceWorker.getRegistration(section.dataset.page);
  const subscription = await registration?.pushManager.getSubscription();
  const known = subscription && section.querySelector(`[data-device="${await digest(subscription.endpoint)}"]`);
  if (known && isOurs(subscription)) {
    known.querySelector("[data-this]").hidden = false;
    show("");
  } else {
    show("off");
  }
}

async function turnOn() {
  await navigator.serviceWorker.register(section.dataset.worker, { scope: section.dataset.page });
  const { pushManager } = await navigator.serviceWorker.ready;
  const former = await pushManager.getSubscription();
  if (former && !isOurs(former)) await former.unsubscribe();
  const asked = { userVisibleOnly: true, applicationServerKey: bytes(section.dataset.push) };
  form.elements.subscription.value = JSON.stringify(await pushManager.subscribe(asked));
  form.submit();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  turnOn().catch(() => show(Notification.permission === "denied" ? "denied" : "failed"));
});
look().catch(() => show("cannot"));
