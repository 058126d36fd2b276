// Keeps an open page as its sources are, while `fingerpost serve` runs. No built site has this script.
//
// The page is loaded again, gets new style sheets or pictures, or shows what must be mended. Nothing is
// kept in the browser. Browsers allow few streams, so the page that has had one the longest is asked to
// rest when there are too many; it catches up when it is seen.
(() => {
  "use strict";
  const { page, version: made } = document.currentScript.dataset;
  let version = made;
  let stream = null;
  let overlay = null;

  const listeners = {
    reload: () => location.reload(),
    version: (data) => { version = data.version; },
    styles: (data) => swapStyles(new Map(data.swaps)),
    pictures: (data) => refreshPictures(new Set(data.addresses)),
    faults: (data) => showFaults(data.text),
    mended: () => hideFaults(),
    rest: () => {
      disconnect();
      if (document.visibilityState === "visible") setTimeout(connect, 1000);
    },
  };

  function connect() {
    if (stream) return;
    stream = new EventSource("/_fingerpost/live/" + version + page);
    for (const [name, listener] of Object.entries(listeners)) {
      stream.addEventListener(name, (event) => listener(JSON.parse(event.data)));
    }
    // The preview has ended, and may come back; the version may be another one by now.
    stream.addEventListener("error", () => {
      disconnect();
      setTimeout(connect, 1000);
    });
  }

  function disconnect() {
    stream?.close();
    stream = null;
  }

  function pathOf(address) {
    try {
      const url = new URL(address, document.baseURI);
      return url.origin === location.origin ? url.pathname : null;
    } catch {
      return null;
    }
  }

  // The old style sheet stays until the new one is there, so that nothing is ever without style.
  function swapStyles(swaps) {
    for (const old of document.querySelectorAll('link[rel~="stylesheet"][href]')) {
      const href = swaps.get(pathOf(old.href));
      if (!href) continue;
      const link = old.cloneNode();
      link.href = href;
      link.replaces = [old, ...(old.replaces ?? [])];
      link.addEventListener("load", () => link.replaces.forEach((before) => before.remove()));
      link.addEventListener("error", () => link.remove());
      old.after(link);
    }
  }

  function refreshPictures(addresses) {
    const stamp = Date.now();
    const fresh = (address) => {
      if (!addresses.has(pathOf(address))) return address;
      const url = new URL(address, document.baseURI);
      url.searchParams.set("fingerpost", stamp);
      return url.href;
    };
    // `a.png 1x, b.png 2x`: an address ends at white space.
    const freshSet = (set) => set.replace(/[^\s,]\S*[^\s,]/g, fresh);
    const refresh = (selector, name, change) => {
      for (const element of document.querySelectorAll(selector)) {
        const before = element.getAttribute(name);
        const after = change(before);
        if (after !== before) element.setAttribute(name, after);
      }
    };
    refresh("img[src], input[type=image][src]", "src", fresh);
    refresh("img[srcset], source[srcset]", "srcset", freshSet);
    refresh("video[poster]", "poster", fresh);
    refresh("svg image[href]", "href", fresh);
    refresh('link[rel~="icon"][href]', "href", fresh);
  }

  const LOOK = `
    :host { all: initial; }
    div { position: fixed; inset: auto 0 0 0; z-index: 2147483647; box-sizing: border-box; max-height: 75vh;
      overflow: auto; padding: 1rem 1.25rem 1.25rem; background: #1d1d1f; color: #f5f5f5;
      border-top: 6px solid #ffb000; font: 1rem/1.5 system-ui, sans-serif; text-align: left; }
    div:focus-visible, button:focus-visible { outline: 3px solid #ffb000; outline-offset: -3px; }
    h2 { margin: 0 0 .5rem; font-size: 1.25rem; }
    p { margin: .5rem 0 0; }
    pre { margin: 0; font: .9375rem/1.45 ui-monospace, Menlo, Consolas, monospace; white-space: pre-wrap;
      overflow-wrap: anywhere; }
    button { float: right; margin: 0 0 .5rem 1rem; padding: .375rem .75rem; font: inherit; color: inherit;
      background: transparent; border: 2px solid currentColor; border-radius: 4px; cursor: pointer; }
    @media print { div { display: none; } }`;

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  // Words that stand there already are not put there, and so not read out, again.
  function showFaults(text) {
    if (document.getElementById("fingerpost-faults")?.textContent === text) return;
    if (overlay?.shadowRoot.querySelector("pre").textContent === text) return;
    hideFaults();
    overlay = document.createElement("fingerpost-faults");
    const root = overlay.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOK);
    root.adoptedStyleSheets = [sheet];
    const box = element("div", "", { role: "alert", lang: "en-GB", dir: "ltr", tabindex: "0" });
    const close = element("button", "Close (Escape)", { type: "button" });
    close.addEventListener("click", hideFaults);
    box.append(
      close,
      element("h2", "Something needs mending"),
      element("pre", text),
      element("p", "Until then you see the last page that could be made."),
    );
    (document.body ?? document.documentElement).append(overlay);
    // What is put into an alert that is there already is read out.
    root.append(box);
  }

  function hideFaults() {
    overlay?.remove();
    overlay = null;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideFaults();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") connect();
  });
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  connect();
})();
