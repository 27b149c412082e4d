{% load static %}/* The service worker: it shows the offline page where a page cannot be fetched, and does nothing else.
   It keeps no page of the application, because those hold personal data. */
const OFFLINE = "{% url 'offline' %}";
const KEPT = [OFFLINE, "{% static 'tokens.css' %}", "{% static 'app.css' %}", "{% static 'charts.css' %}", "{% static 'icons.svg' %}", "{% static 'fonts/ibm-plex-sans-latin-wght-normal.woff2' %}", "{% static 'fonts/ibm-plex-sans-vietnamese-wght-normal.woff2' %}"];
const CACHE = "offline-" + KEPT.join();

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  } else if (KEPT.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
