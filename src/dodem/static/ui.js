/* ui.js: what a page does beyond links and forms. Every page works without it.
   It builds no markup from text, writes no style attribute and sets no inline handler; what it acts on is marked by
   data attributes (listed in docs/design.md), and listeners sit on the document, so parts swapped in by htmx just work. */

const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const YEAR = 365 * 24 * 3600;

root.dataset.js = "";

function say(words) {
  const line = byId("say");
  if (line) line.textContent = words;
}

function remember(name, value) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
}

/* Buttons: data-do ------------------------------------------------------------------------------- */

const actions = {
  theme(button, event) {
    event.preventDefault();
    const theme = root.dataset.theme === "dark" ? "light" : "dark";
    root.dataset.theme = theme;
    button.setAttribute("aria-pressed", String(theme === "dark"));
    button.value = theme === "dark" ? "light" : "dark";
    remember("theme", theme);
  },
  print() {
    window.print();
  },
  async copy(button) {
    const text = button.dataset.text || location.href;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Not a secure context: let the old way do it from a field outside the view.
      const field = Object.assign(document.createElement("textarea"), { value: text, className: "vh" });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    if (button.dataset.done) say(button.dataset.done);
  },
  keys(button) {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    remember("keys", on ? "on" : "off");
  },
  "close-panel"() {
    panel?.close();
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button && actions[button.dataset.do]) actions[button.dataset.do](button, event);
});

/* The panel of an opened figure --------------------------------------------------------------------
   Opening pushes the figure's own address, so it can be copied, reloaded and gone back from. */

const panel = (() => {
  const dialog = byId("panel");
  const body = byId("panel-body");
  if (!dialog?.showModal || !window.htmx) return null;
  let under = location.href; // the page that lies below the panel
  let opener = null;

  function load(url) {
    byId("panel-page").href = url;
    body.replaceChildren(byId("panel-wait").content.cloneNode(true));
    if (!dialog.open) {
      dialog.showModal();
      root.dataset.panel = "";
    }
    htmx.ajax("GET", url, { target: "#panel-body", swap: "innerHTML" });
  }

  function hide() {
    if (!dialog.open) return;
    dialog.close();
    body.replaceChildren();
    delete root.dataset.panel;
    if (opener && opener.isConnected) opener.focus();
  }

  function open(link) {
    const depth = dialog.open ? (history.state?.panel ?? 0) + 1 : 1;
    if (depth === 1) {
      under = location.href;
      opener = link;
    }
    history.pushState({ panel: depth, under }, "", link.href);
    load(link.href);
  }

  function close() {
    const depth = history.state?.panel ?? 0;
    if (depth) history.go(-depth);
    else hide();
  }

  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) close(); // the veil
  });
  body.addEventListener("htmx:afterSwap", (event) => {
    if (event.target === body) body.querySelector("h1, h2")?.focus();
  });
  // A fragment address would add a history entry of its own and lose the place below.
  dialog.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const place = link && byId(link.hash.slice(1));
    if (!place) return;
    event.preventDefault();
    place.scrollIntoView();
  });

  // Registered before htmx listens: while only the panel changes, the page below must not be fetched again.
  window.addEventListener("popstate", (event) => {
    if (event.state?.panel && event.state.under === under) {
      event.stopImmediatePropagation();
      load(location.href);
    } else if (dialog.open) {
      event.stopImmediatePropagation();
      hide();
      if (location.href !== under) location.reload();
    } else if (history.state?.panel || (!event.state?.htmx && location.pathname + location.search !== shown)) {
      location.reload(); // the document was reloaded as another address than the one gone back to
    }
  });
  let shown = location.pathname + location.search;
  document.addEventListener("htmx:pushedIntoHistory", () => { shown = location.pathname + location.search; });
  document.addEventListener("htmx:replacedInHistory", () => { shown = location.pathname + location.search; });

  return { open, close };
})();

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-panel]");
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || !panel) return;
  event.preventDefault();
  panel.open(link);
});

/* The map: a read-out in words, arrow keys to the neighbour ---------------------------------------------- */

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function readOut(event) {
  const link = event.target.closest?.("[data-map] a[aria-label]");
  const out = link && byId(link.closest("[data-map]").dataset.map);
  if (!out) return;
  const words = link.getAttribute("aria-label");
  const cut = words.indexOf(": ");
  out.querySelector("b").textContent = words.slice(0, cut);
  out.querySelector("span").textContent = words.slice(cut + 2);
}

function neighbour(links, from, [dx, dy]) {
  const here = from.getBoundingClientRect();
  let best = null;
  let least = Infinity;
  for (const link of links) {
    const there = link.getBoundingClientRect();
    const x = there.left - here.left;
    const y = there.top - here.top;
    const along = x * dx + y * dy;
    const cost = along + 2.2 * (Math.abs(x * dy) + Math.abs(y * dx));
    if (along > 4 && cost < least) [best, least] = [link, cost];
  }
  return best;
}

document.addEventListener("mouseover", readOut);
document.addEventListener("focusin", readOut);
document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.("[data-map] a[aria-label]");
  const direction = DIRECTIONS[event.key];
  if (!link || !direction) return;
  event.preventDefault();
  const next = neighbour(link.closest("[data-map]").querySelectorAll("a[aria-label]"), link, direction);
  if (!next) return;
  link.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
});

/* Keys: data-key on anything, J and K in a data-rows list -------------------------------------------------
   One-letter keys can be switched off in the account menu (WCAG 2.1.4). */

const keysOn = () => !/(^|; )keys=off/.test(document.cookie);
const typing = (element) => element.closest?.("input, textarea, select, [contenteditable]");

for (const button of document.querySelectorAll('[data-do="keys"]')) {
  button.setAttribute("aria-pressed", String(keysOn()));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !keysOn()) return;
  const key = event.key.toLowerCase();
  const move = { j: 1, k: -1 }[key];
  const list = document.querySelector("[data-rows]");
  if (move && list) {
    const rows = [...list.querySelectorAll("[data-row]")];
    const at = rows.indexOf(document.activeElement);
    rows[Math.min(Math.max(at + move, 0), rows.length - 1)]?.focus();
    event.preventDefault();
    return;
  }
  const marked = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === key);
  if (!marked || root.hasAttribute("data-panel")) return;
  event.preventDefault();
  if (typing(marked)) marked.focus();
  else marked.click();
});

/* Forms --------------------------------------------------------------------------------------------------- */

const summary = document.querySelector(".errsum");
if (summary && !summary.closest("[data-example]")) summary.focus();

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) {
    form.querySelector("[type=submit]")?.click();
  }
  if (event.target.matches("input[type=file]")) showPicked(event.target);
});

document.addEventListener("input", (event) => {
  const field = event.target;
  const left = field.id && document.querySelector(`[data-left-of="${CSS.escape(field.id)}"]`);
  if (left) left.textContent = left.dataset.words.replace("{n}", String(field.maxLength - field.value.length));
});

async function showPicked(input) {
  const list = document.querySelector(`[data-picked-for="${CSS.escape(input.id)}"]`);
  if (!list) return;
  const rows = [...input.files].map((file) => {
    const row = document.createElement("li");
    const size = file.size < 1048576 ? `${Math.ceil(file.size / 1024)} KB` : `${(file.size / 1048576).toFixed(1)} MB`;
    row.append(`${file.name}, ${root.lang === "vi" ? size.replace(".", ",") : size}`);
    return row;
  });
  list.replaceChildren(...rows);
  for (const [index, file] of [...input.files].entries()) {
    if (file.type.startsWith("image/")) await thumbnail(file).then((image) => rows[index].prepend(image), () => {});
  }
}

/* Drawn on a canvas, because the content policy allows no blob: addresses. */
async function thumbnail(file) {
  const image = await createImageBitmap(file);
  const scale = 96 / Math.max(image.width, image.height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return canvas;
}

/* Menus close on Escape and on a click elsewhere ------------------------------------------------------------ */

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

/* Parts that did not come ------------------------------------------------------------------------------------- */

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    // The full page of a figure says what is wrong with it; elsewhere a notice does.
    if (event.detail.target?.id === "panel-body") location.assign(byId("panel-page").href);
    else if (byId("failed")) byId("failed").hidden = false;
  });
}
document.addEventListener("htmx:afterSwap", () => {
  if (byId("failed")) byId("failed").hidden = true;
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { shouldSwap, target, xhr } = event.detail;
  // A whole page in answer to a request for a part: the session has ended, or the view has no such part.
  if (!shouldSwap || target === document.body || !/^\s*<!doctype/i.test(xhr.response)) return;
  event.detail.shouldSwap = false;
  location.assign(xhr.responseURL);
});

/* Without network: the service worker only ever answers a page that cannot be fetched --------------------------- */

const worker = document.querySelector("script[data-worker]")?.dataset.worker;
if (worker && "serviceWorker" in navigator) navigator.serviceWorker.register(worker).catch(() => {});
