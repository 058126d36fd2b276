// The built site in a real browser: node tests/browser/site.mjs FOLDER [CHECK...]
//
// FOLDER holds a built site; it is served with the headers that its own `_headers` asks for, and seen in Chromium
// ($CHROMIUM, or `chromium`). Cheap checks see every page; slow ones see one page of each kind, the longest. Then every
// check is proven: the server changes a page so that something is wrong, and the check must find it.
//
// Exit: 0 all passed, 1 something is wrong with the site or with a check.

import { execFileSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { headersOf, launch, typeOf } from "./browser.mjs";

const require = createRequire(import.meta.url);
const root = path.resolve(process.argv[2] ?? "public");
const wanted = process.argv.slice(3);
const axeSource = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const vnu = path.join(path.dirname(require.resolve("vnu-jar/package.json")), "build/dist/vnu.jar");

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };
/** In bytes, compressed. */
const PAGE_LIMIT = 30 * 1024;
const CSS_LIMIT = 14 * 1024;
const SCRIPT_LIMIT = 3000;
const REQUEST_LIMIT = 4;

// The site as files.

function filesBelow(folder) {
  const entries = fs.readdirSync(folder, { withFileTypes: true, recursive: true });
  const names = entries.filter((entry) => entry.isFile());
  return names.map((entry) => "/" + path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/")).sort();
}

const files = filesBelow(root);
const fileSet = new Set(files);
/** What the server gives instead of a file, by its path: how a check is proven. */
const changed = new Map();
const bytesOf = (file) => changed.get(file) ?? fs.readFileSync(path.join(root, file));
const textOf = (file) => bytesOf(file).toString();

const htmlFiles = files.filter((file) => file.endsWith(".html"));
const kindOf = (html) => /<body[^>]* data-kind="([a-z-]+)"/.exec(html)?.[1] ?? "redirect";
const everyPage = htmlFiles
  .map((file) => ({ file, address: file.replace(/(^|\/)index\.html$/, "$1"), kind: kindOf(textOf(file)), length: textOf(file).length }));
/** Those that people read: a redirect is gone before it is seen. */
const pages = everyPage.filter((page) => page.kind !== "redirect");
const kinds = [...new Set(pages.map((page) => page.kind))].sort();
const samples = kinds.map((kind) => pages.filter((page) => page.kind === kind).reduce((a, b) => (b.length > a.length ? b : a)));
const sample = (kind) => samples.find((page) => page.kind === kind);

// The server.

async function serve() {
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const file = name.endsWith("/") ? `${name}index.html` : name;
    const isThere = fileSet.has(file);
    const type = { "content-type": typeOf(isThere ? file : "/404.html") };
    response.writeHead(isThere ? 200 : 404, { ...type, ...headersOf(textOf("/_headers"), name) });
    response.end(bytesOf(isThere ? file : "/404.html"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { address: `http://127.0.0.1:${server.address().port}`, end: () => server.close() };
}

// What several checks do.

/** Opens a page in a new tab, gives it to `see`, and closes it. */
async function visit(world, page, options, see) {
  const tab = await (options.browser ?? world.browser).newPage();
  try {
    await tab.setViewport(options.viewport ?? WIDE);
    const features = [{ name: "prefers-color-scheme", value: options.scheme ?? "light" }];
    await tab.emulateMediaFeatures(features);
    if (options.script === false) await tab.setJavaScriptEnabled(false);
    await options.before?.(tab);
    await tab.goto(world.address + page.address, { waitUntil: "load" });
    return await see(tab);
  } finally {
    await tab.close();
  }
}

/** In the page: whatever sticks out sideways, and words that are cut off. */
function outOfPlace() {
  const faults = [];
  const wide = document.scrollingElement;
  if (wide.scrollWidth > innerWidth) faults.push(`scrolls sideways: ${wide.scrollWidth} px in ${innerWidth}`);
  const name = (element) => `<${element.localName}${element.className ? ` class="${element.className}"` : ""}>`;
  const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility({ checkVisibilityCSS: true }) || element.closest("svg")) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    // What only screen readers hear is a dot on purpose.
    if (box.width <= 1 || box.height <= 1) continue;
    let above = element.parentElement;
    while (above && !scrolls(above)) above = above.parentElement;
    const isInScroller = above && above !== document.documentElement && above !== document.body;
    const isAside = style.position === "absolute" && (box.right < 0 || box.bottom < 0);
    if (!isInScroller && !isAside && (box.right > innerWidth + 1 || box.left < -1)) faults.push(`${name(element)} sticks out: ${Math.round(box.left)} to ${Math.round(box.right)}`);
    const hides = (value) => value === "hidden" || value === "clip";
    const hasWords = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (hasWords && hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1) faults.push(`${name(element)} cuts words off sideways`);
    if (hasWords && hides(style.overflowY) && element.scrollHeight > element.clientHeight + 2) faults.push(`${name(element)} cuts words off below`);
  }
  return faults.slice(0, 5);
}

/** How many sides something prints on. */
async function sidesOf(tab, options = {}) {
  const pdf = Buffer.from(await tab.pdf({ format: "A4", preferCSSPageSize: true, ...options })).toString("latin1");
  return pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

/**
 * In the page: targets that are less than 44 px high for a finger, from the highest to the lowest point that it can hit.
 *
 * A link in a sentence is as high as its line (WCAG 2.2 §2.5.8, "Inline"): one with two words or more beside it, in the
 * same block and between the same ends of lines. The ground of a cell that belongs to its link counts, as any ground does.
 */
function lowTargets() {
  const TARGETS = "a[href], button, summary, select, input:not([type=hidden])";
  const isBlock = (element) => element.localName === "br" || !/^(inline|contents)/.test(getComputedStyle(element).display);
  const isInSentence = (target) => {
    let block = target.parentElement;
    while (!isBlock(block)) block = block.parentElement;
    let [words, isHere] = ["", false];
    // Words are gathered from one end of a line to the next, until the target was met.
    const ends = () => isHere || ((words = ""), false);
    const gather = (node) => {
      if (node === target) isHere = true;
      else if (node.nodeType === 3) words += node.data;
      else if (node.nodeType !== 1 || node.matches(TARGETS) || !node.checkVisibility()) return false;
      else if (isBlock(node)) return node.contains(target) ? [...node.childNodes].some(gather) : ends();
      else return [...node.childNodes].some(gather);
      return false;
    };
    [...block.childNodes].some(gather);
    return isHere && (words.match(/[\p{L}\p{N}][^\s]*/gu) ?? []).length > 1;
  };
  const faults = [];
  for (const target of document.querySelectorAll(TARGETS)) {
    if (!target.checkVisibility({ checkVisibilityCSS: true })) continue;
    const widest = [...target.getClientRects()].find((box) => box.width > 2);
    if (!widest || (getComputedStyle(target).display.startsWith("inline") && isInSentence(target))) continue;
    target.scrollIntoView({ block: "center" });
    const box = [...target.getClientRects()].find((box) => box.width > 2);
    const [x, middle] = [box.left + Math.min(box.width / 2, 30), box.top + box.height / 2];
    const isHit = (y) => {
      const hit = document.elementFromPoint(x, y);
      return hit && (target.contains(hit) || hit.closest("label")?.control === target);
    };
    let [top, bottom] = [middle, middle];
    while (isHit(top - 1) && middle - top < 44) top -= 1;
    while (isHit(bottom + 1) && bottom - middle < 44) bottom += 1;
    const height = bottom - top + 1;
    if (height < 43.5) faults.push(`${Math.round(height)} px: ${(target.innerText || target.name || target.outerHTML).trim().replace(/\s+/g, " ").slice(0, 40)} (in <${target.parentElement.localName} class="${target.parentElement.className}">)`);
  }
  return faults;
}

const SPACING = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }`;

const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length;
const attributes = (html, pattern) => [...html.matchAll(pattern)].map((match) => match[1].replaceAll("&amp;", "&"));
const withoutComments = (html) => html.replace(/<!--[\s\S]*?-->/g, "");

/** What a property of schema.org's types must hold: search engines and the standard ask for it. */
const isText = (value) => typeof value === "string" && value.trim() !== "";
const isAddress = (value) => isText(value) && /^https?:\/\//.test(value);
const isTime = (value) => /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/.test(value);
const isOf = (words) => (value) => words.includes(String(value).replace(/^https?:\/\/schema\.org\//, ""));
const isThing = (...types) => (value) => [value].flat().every((one) => one && types.includes(one["@type"]) && isText(one.name ?? one.url));
const REQUIRED = {
  Event: {
    name: isText, startDate: isTime, url: isAddress,
    location: isThing("Place", "VirtualLocation"),
    eventStatus: isOf(["EventScheduled", "EventCancelled", "EventPostponed", "EventRescheduled", "EventMovedOnline"]),
    eventAttendanceMode: isOf(["OfflineEventAttendanceMode", "OnlineEventAttendanceMode", "MixedEventAttendanceMode"]),
    organizer: isThing("Organization", "Person"),
  },
  BlogPosting: { headline: isText, datePublished: isTime, author: isThing("Organization", "Person"), publisher: isThing("Organization") },
  Organization: { name: isText, url: isAddress },
  BreadcrumbList: {
    itemListElement: (list) => Array.isArray(list) && list.length > 1
      && list.every((item, at) => item.position === at + 1 && isText(item.name) && (isAddress(item.item) || at === list.length - 1)),
  },
};
/** What the demonstration shows of a kind of page, so that it is looked at here. */
const SHOWN = {
  home: { "a partner's logo": /<section class="wrap partners"[\s\S]*?<img / },
  campaign: { "a story": /class="card story-card"/, "an event": /class="event-card/, "a countdown": /data-countdown/ },
};
const TYPE_OF_KIND = { home: "Organization", post: "BlogPosting", event: "Event" };

function factsOf(html) {
  const scripts = [...html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)];
  return scripts.flatMap((script) => {
    const data = JSON.parse(script[1]);
    return [data].flat().flatMap((one) => one["@graph"] ?? [one]);
  });
}

// The checks: `run` gives what is wrong with some pages, in words. `breaks` change a page so that it must find something.

const addAtEnd = (words) => (html) => html.replace("</main>", `${words}</main>`);
const styled = (rule) => ({ style: rule });

const checks = {
  "accessibility (axe-core), light and dark, narrow and wide": {
    on: samples,
    async run(world, pages) {
      const faults = [];
      for (const page of pages) {
        for (const [scheme, viewport] of [["light", WIDE], ["light", NARROW], ["dark", WIDE], ["dark", NARROW]]) {
          const found = await visit(world, page, { scheme, viewport }, async (tab) => {
            await tab.evaluate(axeSource);
            return tab.evaluate(async () => {
              const { violations } = await window.axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } });
              return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
            });
          });
          faults.push(...found.map((fault) => `${page.address} (${scheme}, ${viewport.width} px): ${fault}`));
        }
      }
      return faults;
    },
    breaks: { "a picture without words": addAtEnd('<img src="/apple-touch-icon.png">'), "grey on white": styled("main p { color: #bbb !important }") },
  },

  "no other host, no console message, no violation of the policy": {
    on: samples,
    async run(world, pages) {
      const faults = [];
      for (const page of pages) {
        const note = (words) => faults.push(`${page.address}: ${words}`);
        const before = async (tab) => {
          tab.on("console", (message) => {
            const isOwn404 = page.kind === "not-found" && message.text().includes("404");
            if (!isOwn404) note(`console: ${message.text()}`);
          });
          tab.on("pageerror", (error) => note(`script: ${error}`));
          tab.on("request", (request) => {
            const isOurs = request.url().startsWith(`${world.address}/`) || request.url().startsWith("data:");
            if (!isOurs) note(`asks another host: ${request.url()}`);
          });
          tab.on("response", (response) => response.status() >= 400 && note(`${response.status()}: ${response.url()}`));
        };
        await visit(world, page, { before, viewport: { width: 1280, height: 8000 } }, async (tab) => {
          const response = await tab.goto(world.address + page.address, { waitUntil: "networkidle0" });
          const policy = response.headers()["content-security-policy"] ?? "";
          if (!policy.includes("default-src 'none'") || policy.includes("unsafe")) note(`the policy is not strict: ${policy}`);
          const cookies = await tab.cookies();
          const kept = await tab.evaluate(() => localStorage.length + sessionStorage.length);
          if (cookies.length || kept) note("something is kept in the reader's browser");
        });
      }
      return faults;
    },
    breaks: {
      "a script within the page": addAtEnd("<script>document.title</script>"),
      "a style within the page": addAtEnd('<p style="color: red">Red</p>'),
      "a picture from elsewhere": addAtEnd('<img alt="" src="https://other.example/a.png">'),
      "a picture that is not there": addAtEnd('<img alt="" src="/nowhere.png">'),
    },
  },

  "400% zoom: nothing sticks out at 320 px": {
    on: samples,
    async run(world, pages) {
      const faults = [];
      for (const page of pages) {
        const found = await visit(world, page, { viewport: { width: 320, height: 256 } }, (tab) => tab.evaluate(outOfPlace));
        faults.push(...found.map((fault) => `${page.address}: ${fault}`));
      }
      return faults;
    },
    breaks: { "a wide column": styled("main { min-inline-size: 900px }"), "words cut off": styled("main p { overflow: hidden; white-space: nowrap }") },
  },

  "text of twice the size (WCAG 2.2 §1.4.4): nothing sticks out at 360 px": {
    on: [...samples, ...pages.filter((page) => page.address === "/subscribe/" && !samples.includes(page))],
    async run(world, pages) {
      const faults = [];
      // As readers choose it in the settings of their browser.
      const browser = await launch({ args: ["--no-sandbox", "--blink-settings=defaultFontSize=32"] });
      try {
        for (const page of pages) {
          const found = await visit(world, page, { browser, viewport: { width: 360, height: 640 } }, (tab) => tab.evaluate(outOfPlace));
          faults.push(...found.map((fault) => `${page.address}: ${fault}`));
        }
      } finally {
        await browser.close();
      }
      return faults;
    },
    breaks: {
      "a table that does not wrap": addAtEnd("<table><tr><th>Neighbourhood</th><td>Appointments</td></tr></table>"),
      "a width that grows with the text": styled("main { min-inline-size: 15rem }"),
    },
  },

  "targets are 44 px high": {
    on: [
      ...samples,
      ...pages.filter((page) => ["/events/", "/events/keep-warm-workshop/", "/resources/", "/resources/a-to-z/", "/stories/", "/subscribe/"].includes(page.address) && !samples.includes(page)),
      ...pages.filter((page) => page.kind === "page" && page.address.startsWith("/subscribe/")).slice(0, 2),
      ...[sample("search")].filter(Boolean).map((page) => ({ ...page, address: `${page.address}?q=walk` })),
    ],
    async run(world, pages) {
      const faults = [];
      for (const page of pages) {
        for (const width of [360, 1280]) {
          const found = await visit(world, page, { viewport: { width, height: 800 } }, async (tab) => {
            if (page.address.includes("?")) await tab.waitForSelector(".search-list a");
            return tab.evaluate(lowTargets);
          });
          faults.push(...found.map((fault) => `${page.address} (${width} px): ${fault}`));
        }
      }
      return faults;
    },
    breaks: {
      "a low link": addAtEnd('<p class="proof"><a href="/">Home</a></p>'),
      "a link on a line of its own": addAtEnd('<p>A line with more than three words.<br><a href="/">Home</a></p>'),
      "a low button": styled("main a, main button { min-block-size: 0 !important; padding: 0 !important }"),
    },
  },

  "wider spacing of text (WCAG 2.2 §1.4.12) loses nothing": {
    on: samples,
    async run(world, pages) {
      const faults = [];
      for (const page of pages) {
        for (const viewport of [NARROW, WIDE]) {
          const before = (tab) => tab.setBypassCSP(true);
          const found = await visit(world, page, { viewport, before }, async (tab) => {
            await tab.addStyleTag({ content: SPACING });
            return tab.evaluate(outOfPlace);
          });
          faults.push(...found.map((fault) => `${page.address} (${viewport.width} px): ${fault}`));
        }
      }
      return faults;
    },
    breaks: { "a line of fixed height": styled("main p { block-size: 1.2em; overflow: hidden }") },
  },

  "everything is there without script": {
    on: samples,
    async run(world, pages) {
      const faults = [];
      const seen = (tab) => tab.$eval("main", (main) => {
        // What is hidden by script because it has passed is not missing without it.
        return { words: main.innerText.split(/\s+/).length, links: [...main.querySelectorAll("a[href]")].filter((a) => a.checkVisibility()).length };
      });
      for (const page of pages) {
        const [off, on] = [await visit(world, page, { script: false }, seen), await visit(world, page, {}, seen)];
        if (off.words < on.words * 0.9) faults.push(`${page.address}: ${on.words} words with script and ${off.words} without`);
        if (off.links < on.links * 0.9) faults.push(`${page.address}: ${on.links} links with script and ${off.links} without`);
        const html = textOf(page.file);
        for (const form of html.match(/<form\b[\s\S]*?<\/form>/g) ?? []) {
          if (!/<form[^>]* action="/.test(form)) faults.push(`${page.address}: a form leads nowhere without script`);
          if (!/<button(?![^>]* type="(?:button|reset)")|type="submit"/.test(form)) faults.push(`${page.address}: a form has no button`);
        }
      }
      return faults;
    },
    breaks: {
      "the text needs a script": (html) => html.replace("<main", "<main hidden").replace("</head>", '<script src="/proof.js" defer></script></head>'),
      "a form without an address": addAtEnd("<form><input aria-label=x></form>"),
    },
    files: { "/proof.js": "document.querySelector('main').hidden = false" },
  },

  "by keyboard: the skip link, then everything in order, with visible focus": {
    on: [
      ...["home", "list", "month", "search", "event", "resource", "toolkit"].map(sample).filter(Boolean),
      ...pages.filter((page) => ["/resources/", "/subscribe/"].includes(page.address)),
    ],
    async run(world, pages) {
      const faults = [];
      for (const page of pages) {
        const note = (words) => faults.push(`${page.address}: ${words}`);
        await visit(world, page, {}, async (tab) => {
          const reachable = await tab.evaluate(() => {
            const all = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls]");
            const seen = [...all].filter((element) => element.checkVisibility({ checkVisibilityCSS: true }) && !element.disabled && !element.closest("[inert]"));
            // One of a group of radio buttons gets the focus.
            const first = seen.filter((element) => element.type !== "radio" || element === seen.find((other) => other.name === element.name));
            first.forEach((element, at) => { element.dataset.walk = at; });
            return first.map((element) => `<${element.localName}> ${(element.textContent || element.name || "").trim().slice(0, 40)}`);
          });
          const walked = [];
          for (let step = 0; step < reachable.length + 20; step += 1) {
            await tab.keyboard.press("Tab");
            const at = await tab.evaluate(async () => {
              const element = document.activeElement;
              if (!element || element === document.body) return null;
              const style = getComputedStyle(element);
              const before = getComputedStyle(element, "::before");
              const isSeen = () => {
                const box = [...element.getClientRects()].find((rect) => rect.width && rect.height) ?? element.getBoundingClientRect();
                const inside = document.elementFromPoint(Math.min(innerWidth - 1, Math.max(0, box.left + box.width / 2)), Math.min(innerHeight - 1, Math.max(0, box.top + box.height / 2)));
                return inside && (element.contains(inside) || inside.contains(element));
              };
              // A busy browser scrolls to it a frame later.
              if (!isSeen()) await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
              const isCovered = !isSeen();
              const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
              const walk = element.dataset.walk;
              return { walk: walk === undefined ? null : Number(walk), isMarked: hasOutline || style.boxShadow !== "none" || before.boxShadow !== "none", isCovered, words: element.outerHTML.slice(0, 90) };
            });
            if (!at) break;
            if (at.walk === null) continue;
            walked.push(at.walk);
            if (!at.isMarked) note(`focus cannot be seen: ${at.words}`);
            if (at.isCovered) note(`focus is covered: ${at.words}`);
          }
          const missing = reachable.filter((_, at) => !walked.includes(at));
          if (missing.length) note(`cannot be reached: ${missing.slice(0, 3).join("; ")}`);
          if (walked.some((at, step) => step && at < walked[step - 1])) note("focus jumps back");
        });
        await visit(world, page, {}, async (tab) => {
          await tab.keyboard.press("Tab");
          const skip = await tab.evaluate(() => ({ href: document.activeElement.getAttribute("href"), top: document.activeElement.getBoundingClientRect().top }));
          if (skip.href !== "#main" || skip.top < 0) note("the first stop is no visible skip link");
          await tab.keyboard.press("Enter");
          await tab.keyboard.press("Tab");
          const isInMain = await tab.evaluate(() => !document.querySelector("main a[href], main button, main input") || Boolean(document.activeElement.closest("main, footer")));
          if (!isInMain) note("the skip link skips nothing");
        });
      }
      return faults;
    },
    breaks: {
      "a link that is passed over": (html) => html.replace("<a href=", '<a tabindex="-1" href=').replace(/(<main[\s\S]*?)<a /, '$1<a tabindex="-1" '),
      "focus that cannot be seen": styled("*:focus, *:focus-visible { outline: none !important; box-shadow: none !important }"),
    },
  },

  "an event prints on one side of A4, and so does a month; all else prints": {
    on: [...pages.filter((page) => page.kind === "event").sort((a, b) => b.length - a.length).slice(0, 3), ...samples.filter((page) => page.kind !== "event")],
    async run(world, pages) {
      const faults = [];
      for (const page of pages) {
        const count = await visit(world, page, {}, (tab) => sidesOf(tab));
        const limit = ["event", "month"].includes(page.kind) ? 1 : 40;
        if (count < 1 || count > limit) faults.push(`${page.address}: ${count} sides, at most ${limit}`);
      }
      return faults;
    },
    breaks: { "a long text": addAtEnd("<p>More.</p>".repeat(200)) },
  },

  "a poster prints on one sheet, with and without margins": {
    on: pages.filter((page) => /class="poster"|id="posters"/.test(textOf(page.file))),
    async run(world, pages) {
      const faults = [];
      for (const page of pages) {
        const posters = await visit(world, page, {}, (tab) => tab.$$eval('.poster figcaption > p:first-child a, [aria-labelledby="posters"] a', (links) => links.map((link) => link.pathname)));
        // What a program of its own shows, it prints.
        for (const address of new Set(posters.filter((name) => !name.endsWith(".pdf")))) {
          for (const margin of [0, "10mm"]) {
            const count = await visit(world, { address }, {}, (tab) => sidesOf(tab, { margin: { top: margin, right: margin, bottom: margin, left: margin } }));
            if (count !== 1) faults.push(`${page.address}: ${address} prints on ${count} sheets, with a margin of ${margin}`);
          }
        }
      }
      return faults;
    },
    breaks: { "a drawing in pixels": (html) => html.replaceAll(/href="[^"]*poster\.svg"/g, 'href="/proof.svg"') },
    files: { "/proof.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1240 1754" width="1240" height="1754"><path d="M0 0h1240v1754H0z"/></svg>' },
  },

  "the demonstration shows what a page can have": {
    on: samples.filter((page) => SHOWN[page.kind]),
    async run(world, pages) {
      return pages.flatMap((page) => Object.entries(SHOWN[page.kind])
        .filter(([, pattern]) => !pattern.test(textOf(page.file)))
        .map(([words]) => `${page.address}: does not show ${words}`));
    },
    breaks: {
      "no logos": { kind: "home", change: (html) => html.replace(/(class="wrap partners"[\s\S]*)/, (rest) => rest.replaceAll("<img ", "<i ")) },
      "no stories": { kind: "campaign", change: (html) => html.replaceAll("story-card", "x") },
    },
  },

  "structured data has what it must have": {
    on: pages,
    async run(world, pages) {
      const faults = [];
      for (const page of pages) {
        const note = (words) => faults.push(`${page.address}: ${words}`);
        let facts;
        try {
          facts = factsOf(textOf(page.file));
        } catch (error) {
          note(`not JSON: ${error.message}`);
          continue;
        }
        const types = facts.map((fact) => fact["@type"]);
        const wantedType = TYPE_OF_KIND[page.kind];
        if (wantedType && !types.includes(wantedType)) note(`says nothing of its ${wantedType}`);
        if (!["home", "not-found"].includes(page.kind) && !types.includes("BreadcrumbList")) note("has no BreadcrumbList");
        for (const fact of facts) {
          for (const [property, isRight] of Object.entries(REQUIRED[fact["@type"]] ?? {})) {
            if (!isRight(fact[property])) note(`${fact["@type"]}.${property} is ${JSON.stringify(fact[property])}`);
          }
        }
      }
      return faults;
    },
    breaks: {
      "an event without a beginning": { kind: "event", change: (html) => html.replaceAll('"startDate":', '"beginning":') },
      "a post without a date": { kind: "post", change: (html) => html.replaceAll('"datePublished":', '"date":') },
      "a broken text": (html) => html.replace('<script type="application/ld+json">', '<script type="application/ld+json">}'),
      "nothing at all": { kind: "home", change: (html) => html.replace(/<script type="application\/ld\+json">[\s\S]*?<\/script>/g, "") },
    },
  },

  "weights": {
    on: pages,
    async run(world, pages) {
      const faults = [];
      let heaviest = 0;
      for (const page of pages) {
        const html = textOf(page.file);
        const css = attributes(html, /<link rel="stylesheet" href="([^"]+)"/g);
        const scripts = attributes(html, /<script[^>]* src="([^"]+)"/g);
        const sum = (names) => names.reduce((all, name) => all + gzipped(bytesOf(name)), 0);
        const [cssBytes, scriptBytes] = [sum(css), sum(scripts)];
        const all = gzipped(html) + cssBytes + scriptBytes;
        const requests = 1 + css.length + scripts.length;
        heaviest = Math.max(heaviest, all);
        if (all > PAGE_LIMIT) faults.push(`${page.address}: ${all} bytes in all, at most ${PAGE_LIMIT}`);
        if (cssBytes > CSS_LIMIT) faults.push(`${page.address}: ${cssBytes} bytes of CSS, at most ${CSS_LIMIT}`);
        if (scripts.length !== 1) faults.push(`${page.address}: ${scripts.length} scripts, not one`);
        if (scriptBytes > SCRIPT_LIMIT) faults.push(`${page.address}: ${scriptBytes} bytes of script, at most ${SCRIPT_LIMIT}`);
        if (requests > REQUEST_LIMIT) faults.push(`${page.address}: ${requests} requests, at most ${REQUEST_LIMIT}`);
      }
      if (pages.length > 1) console.log(`    the heaviest page: ${heaviest} bytes compressed, without pictures`);
      return faults;
    },
    breaks: {
      "a heavy page": addAtEnd(`<p>${Array.from({ length: 40000 }, (_, at) => ((at * 2654435761) % 4294967296).toString(36)).join(" ")}</p>`),
      "a second script": (html) => html.replace("</head>", '<script src="/proof-a.js"></script></head>'),
      "two requests more": (html) => html.replace("</head>", '<link rel="stylesheet" href="/proof-a.css"><link rel="stylesheet" href="/proof-b.css"></head>'),
    },
    files: { "/proof-a.js": "1", "/proof-a.css": "", "/proof-b.css": "" },
  },

  "the Nu HTML checker": {
    on: everyPage,
    async run(world, pages) {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fingerpost-nu-"));
      try {
        pages.forEach((page, at) => fs.writeFileSync(path.join(folder, `${at}.html`), bytesOf(page.file)));
        const written = execFileSync("java", ["-jar", vnu, "--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html", folder], { maxBuffer: 1 << 28 });
        const { messages } = JSON.parse(written.toString());
        // Notes are matters of taste; errors and warnings are not.
        const bad = messages.filter((message) => message.type !== "info" || message.subType === "warning");
        return bad.map((message) => `${pages[Number(path.basename(message.url ?? "0", ".html"))]?.address}: ${message.message} (line ${message.lastLine})`);
      } finally {
        fs.rmSync(folder, { recursive: true, force: true });
      }
    },
    breaks: { "a box in a paragraph": addAtEnd("<p><div></div></p>"), "an id twice": addAtEnd('<p id="proof">1</p><p id="proof">2</p>') },
  },

  "links within the site lead somewhere": {
    on: pages,
    async run(world, pages) {
      const faults = [];
      const idsOf = new Map();
      const ids = (file) => {
        if (changed.has(file) || !idsOf.has(file)) idsOf.set(file, new Set(attributes(textOf(file), / id="([^"]+)"/g)));
        return idsOf.get(file);
      };
      for (const page of pages) {
        const html = withoutComments(textOf(page.file)).replace(/<script\b[\s\S]*?<\/script>/g, (script) => script.slice(0, script.indexOf(">") + 1));
        const addresses = attributes(html, /\s(?:href|src|poster|action)="([^"]*)"/g);
        const sets = attributes(html, /\ssrcset="([^"]*)"/g).flatMap((set) => set.split(", ").map((one) => one.split(" ")[0]));
        for (const address of new Set([...addresses, ...sets])) {
          const url = new URL(address, `http://site${page.address}`);
          if (url.origin !== "http://site") continue;
          const name = decodeURIComponent(url.pathname);
          const file = name.endsWith("/") ? `${name}index.html` : name;
          if (!fileSet.has(file)) faults.push(`${page.address}: there is nothing at ${address}`);
          else if (url.hash && file.endsWith(".html") && url.hash !== "#top" && !ids(file).has(decodeURIComponent(url.hash.slice(1)))) {
            faults.push(`${page.address}: there is no place ${url.hash} at ${address}`);
          }
        }
      }
      return faults;
    },
    breaks: {
      "a page that is not there": addAtEnd('<a href="/nowhere/">x</a>'),
      "a place that is not there": addAtEnd('<a href="#nowhere">x</a>'),
      "a size of a picture that is not there": addAtEnd('<img alt="" src="/apple-touch-icon.png" srcset="/apple-touch-icon.png 1x, /nowhere.png 2x">'),
    },
  },
};

/** Changes a page as a proof asks, runs the check on that page alone, and puts all back. */
async function proves(world, check, proof) {
  const { kind, change, style } = typeof proof === "function" ? { change: proof } : proof;
  const page = (kind && sample(kind)) ?? check.on.find((page) => ["home", "event"].includes(page.kind)) ?? check.on[0];
  const html = textOf(page.file);
  const made = style ? html.replace("</head>", '<link rel="stylesheet" href="/proof.css"></head>') : change(html);
  const extra = { ...check.files, ...(style ? { "/proof.css": style } : {}) };
  try {
    changed.set(page.file, Buffer.from(made));
    for (const [file, text] of Object.entries(extra)) {
      changed.set(file, Buffer.from(text));
      fileSet.add(file);
    }
    return made !== html && (await check.run(world, [page])).length > 0;
  } finally {
    changed.clear();
    for (const file of Object.keys(extra)) if (!files.includes(file)) fileSet.delete(file);
  }
}

async function main() {
  if (!fileSet.has("/_headers")) throw new Error(`${root} holds no built site with a file _headers`);
  console.log(`${pages.length} pages of ${kinds.length} kinds: ${kinds.join(", ")}`);
  const server = await serve();
  const browser = await launch({ protocolTimeout: 600_000 });
  const world = { browser, address: server.address };
  let failed = 0;
  try {
    for (const [name, check] of Object.entries(checks)) {
      if (wanted.length && !wanted.some((word) => name.includes(word))) continue;
      const started = Date.now();
      const faults = await check.run(world, check.on);
      const unproven = [];
      for (const [words, proof] of Object.entries(check.breaks)) if (!(await proves(world, check, proof))) unproven.push(words);
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`${faults.length || unproven.length ? "FAILED" : "ok"}  ${name} (${check.on.length} pages, ${seconds} s)`);
      for (const fault of faults.slice(0, 25)) console.log(`    ${fault}`);
      if (faults.length > 25) console.log(`    and ${faults.length - 25} more`);
      for (const words of unproven) console.log(`    the check does not find: ${words}`);
      failed += faults.length + unproven.length;
    }
  } finally {
    await browser.close();
    server.end();
  }
  process.exitCode = failed ? 1 : 0;
}

await main();
