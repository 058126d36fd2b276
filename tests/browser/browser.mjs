// What the tests in a real browser share: small sites, a server, Chromium with a clock of ours, and steps that are run.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import puppeteer from "puppeteer-core";

export const repository = fileURLToPath(new URL("../..", import.meta.url));
/** The program that is tested: the first word behind the test's name. */
export const program = path.resolve(process.argv[2] ?? path.join(repository, "target/release/fingerpost"));

const parts = path.join(repository, "themes/waymark/assets/js/site.js");
/** The script of the site as it is written; what is served has shorter names. */
export const script = fs.readdirSync(parts).sort().map((name) => fs.readFileSync(path.join(parts, name), "utf8")).join("");

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".gif": "image/gif",
  ".json": "application/json; charset=utf-8", ".webmanifest": "application/manifest+json",
  ".xml": "application/xml; charset=utf-8", ".txt": "text/plain; charset=utf-8",
};
export const typeOf = (file) => TYPES[path.extname(file)] ?? "application/octet-stream";
const IS_TEXT = /^(text|application\/(json|manifest|xml))|svg/;

/** What the rules of a file `_headers` say of a path. */
export function headersOf(rules, name) {
  const headers = {};
  let applies = false;
  for (const line of rules.split("\n").filter((line) => line.trim() && !line.startsWith("#"))) {
    if (line.startsWith(" ")) {
      const [key, ...value] = line.trim().split(": ");
      if (applies) headers[key] = value.join(": ");
    } else {
      const pattern = line.trim().split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*");
      applies = new RegExp(`^${pattern}$`).test(name);
    }
  }
  return headers;
}

export function chromium() {
  const anyChromium = ["-c", "command -v chromium || command -v chromium-browser"];
  return process.env.CHROMIUM || execFileSync("sh", anyChromium, { encoding: "utf8" }).trim();
}

export function launch(options = {}) {
  // Its sandbox refuses to run for root, as in a container.
  return puppeteer.launch({ executablePath: chromium(), args: ["--no-sandbox"], ...options });
}

/** A new folder that goes when the test ends. */
export function temporaryFolder(name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `fingerpost-${name}-`));
  process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Builds a site of some files, as on Monday 23 November 2026; gives the folder with its pages. */
export function build(root, files) {
  for (const [file, text] of Object.entries(files)) {
    const place = path.join(root, "content", file);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, text);
  }
  const output = path.join(root, "public");
  execFileSync(program, ["build", "--quiet", "--root", root, "--output", output, "--today", "2026-11-23"], { stdio: ["ignore", "ignore", "inherit"] });
  return output;
}

/** A document: its title and summary, further lines of front matter, its text. */
export const page = (title, summary, fields = "", text = "Text.") =>
  `---\ntitle: ${title}\nsummary: ${summary}\n${fields}---\n\n${text}\n`;

/**
 * Serves a built folder, compressed and with the headers of its `_headers`, as hosts do it. `asked` are the paths that
 * were asked for; `change` may change a text on its way.
 */
export async function serve(output) {
  const site = { output, asked: [], change: null };
  const rules = fs.readFileSync(path.join(output, "_headers"), "utf8");
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const file = path.join(output, name.endsWith("/") ? `${name}index.html` : name);
    site.asked.push(name);
    if (!file.startsWith(output) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) return response.writeHead(404).end();
    const type = typeOf(file);
    const headers = { "content-type": type, ...headersOf(rules, name) };
    const bytes = fs.readFileSync(file);
    if (!IS_TEXT.test(type)) return response.writeHead(200, headers).end(bytes);
    const text = site.change ? site.change(bytes.toString(), name) : bytes;
    response.writeHead(200, { ...headers, "content-encoding": "gzip" }).end(gzipSync(text));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  site.address = `http://127.0.0.1:${server.address().port}`;
  site.end = () => server.close();
  return site;
}

/** In the page: replaces its clock, and keeps its longest timer for the test to call. */
function ownClock(start) {
  const RealDate = Date;
  const realTimeout = window.setTimeout;
  let now = start;
  window.Date = class extends RealDate {
    constructor(...parts) {
      if (parts.length) super(...parts);
      else super(now);
    }
    static now() {
      return now;
    }
  };
  window.setTimeout = (run, ms = 0, ...values) => {
    if (ms < 1000) return realTimeout(run, ms, ...values);
    window.due = { run, at: now + ms };
    return 1;
  };
  window.moveTo = (moment) => {
    now = RealDate.parse(moment);
  };
}

/** Opens a page at a moment, checks it, and fails for whatever the browser complains of. */
export async function open(browser, address, check, { now = "2026-11-23T12:00:00Z", zone = "Europe/London", script = true, loaded = "load" } = {}) {
  const tab = await browser.newPage();
  const complaints = [];
  tab.on("pageerror", (error) => complaints.push(String(error)));
  tab.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  try {
    // A script that was changed has the address that it had.
    await tab.setCacheEnabled(false);
    await tab.emulateTimezone(zone);
    await tab.setJavaScriptEnabled(script);
    if (script) await tab.evaluateOnNewDocument(ownClock, Date.parse(now));
    await tab.goto(address, { waitUntil: loaded });
    await check(tab);
    assert.deepEqual(complaints.filter((words) => !words.includes("favicon")), []);
  } finally {
    await tab.close();
  }
}

/** How long something may take to come. What a proof has taken away will not come. */
let patience_ms = 10_000;

/** Waits until something holds in the page, asked from outside of it, where clocks are real; fails after some seconds. */
export async function until(tab, holds, ...values) {
  const deadline = Date.now() + patience_ms;
  while (!(await tab.evaluate(holds, ...values))) {
    assert.ok(Date.now() < deadline, `this does not come: ${holds} ${values.join(", ")}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/**
 * Runs steps, each a function, or `{ run, breaks }`: with what is served changed as one of `breaks` says, the step must
 * fail. The exit code says whether all went well.
 */
export async function runSteps(steps, world, ...served) {
  let failures = 0;
  const fails = (name, words) => {
    failures += 1;
    console.log(`FAILED  ${name}\n${words}`);
  };
  try {
    for (const [name, step] of Object.entries(steps)) {
      const run = step.run ?? step;
      try {
        await run(world);
        console.log(`ok      ${name}`);
      } catch (error) {
        fails(name, error.stack);
      }
      for (const [words, broken] of Object.entries(step.breaks ?? {})) {
        let hasChanged = false;
        const change = (text, file) => {
          const made = broken(text, file);
          hasChanged ||= made !== text;
          return made;
        };
        served.forEach((site) => (site.change = change));
        patience_ms = 1500;
        const found = await run(world).then(() => false, () => true);
        served.forEach((site) => (site.change = null));
        patience_ms = 10_000;
        if (!found || !hasChanged) fails(name, `the step does not find: ${words}${hasChanged ? "" : " (nothing was changed)"}`);
      }
    }
  } finally {
    await world.browser.close();
    for (const site of served) await site.end();
  }
  process.exitCode = failures ? 1 : 0;
}
