// What runs beside the client's page while it is closed: shows notifications, and opens the page when one is touched.

self.addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : {};
  const shown = { body: told.body, data: { url: told.url }, lang: told.lang };
  event.waitUntil(self.registration.showNotification(told.title || "", shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(opened(new URL(event.notification.data?.url || "", self.registration.scope)));
});

/** A page of ours that is open already comes to the front; nothing outside the site is ever opened. */
async function opened(address) {
  const there = address.origin === self.location.origin ? address.href : self.registration.scope;
  const pages = await self.clients.matchAll({ type: "window" });
  const same = pages.find((page) => page.url === there);
  return same ? same.focus() : self.clients.openWindow(there);
}
