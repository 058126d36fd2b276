// The script that keeps dates true, in a real browser: node tests/browser/dates.mjs PROGRAM
//
// A small site is built by PROGRAM as on Monday 23 November 2026, served from a temporary folder, and seen in
// Chromium ($CHROMIUM, or `chromium`) at other moments: the page's clock and its timers are ours.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const program = path.resolve(process.argv[2] ?? path.join(repository, "target/release/fingerpost"));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fingerpost-dates-"));
const output = path.join(folder, "public");

function write(name, text) {
  const place = path.join(folder, name);
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.writeFileSync(place, text);
}

const event = (title, fields) => `---\ntitle: ${title}\nsummary: Come.\nvenue: hall\n${fields}\n---\n\nCome.\n`;

function buildSite() {
  write("content/site.yaml", "name: Test service\nurl: https://www.example.org\n");
  write("content/venues.yaml", "hall: {name: Hall}\n");
  write("content/index.md", "---\ntitle: Home\nsummary: Hello.\n---\n\n::: countdown {to: 2026-11-26}\n:::\n");
  write("content/events/tea.md", event("Tea", "start: 2026-11-24 10:00\nend: 2026-11-24 12:00"));
  write("content/events/talk.md", event("Talk", "start: 2026-11-24 13:00\nend: 2026-11-24 14:00"));
  write("content/events/show.md", event("Show", "start: 2026-11-24\nend: 2026-11-25"));
  write(
    "content/events/walk.md",
    event("Walk", "start: 2026-11-25 10:00\nend: 2026-11-25 11:00\nrepeats: {every: week, count: 2}"),
  );
  write("content/events/late.md", event("Late", "start: 2026-12-05 20:00\nend: 2026-12-06 00:30\nstatus: cancelled"));
  execFileSync(program, ["build", "--root", folder, "--output", output, "--today", "2026-11-23"]);
}

/** Serves the built folder; returns its address and the way to end it. */
async function serve() {
  const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
  const server = http.createServer((request, response) => {
    const name = new URL(request.url, "http://x").pathname;
    const file = path.join(output, name.endsWith("/") ? `${name}index.html` : name);
    if (!file.startsWith(output) || !fs.existsSync(file)) return response.writeHead(404).end();
    const type = types[path.extname(file)] ?? "application/octet-stream";
    // As strict as a host may be: neither inline scripts and styles nor anything from elsewhere.
    response.writeHead(200, { "content-type": type, "content-security-policy": "default-src 'self'" });
    response.end(fs.readFileSync(file));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { address: `http://127.0.0.1:${server.address().port}`, end: () => server.close() };
}

/** Replaces the clock of a page, and keeps its timers for the test to call. */
function fakeClock(start) {
  const RealDate = Date;
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
  window.setTimeout = (run, ms) => {
    window.due = { run, at: now + ms };
    return 1;
  };
  window.moveTo = (moment) => {
    now = RealDate.parse(moment);
  };
}

/** A page at a moment: opens it, checks it, and fails for whatever the browser complains of. */
async function at(browser, address, moment, check, { zone = "Europe/London", script = true } = {}) {
  const tab = await browser.newPage();
  const complaints = [];
  tab.on("pageerror", (error) => complaints.push(String(error)));
  tab.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await tab.emulateTimezone(zone);
  await tab.setJavaScriptEnabled(script);
  if (script) await tab.evaluateOnNewDocument(fakeClock, Date.parse(moment));
  await tab.goto(address, { waitUntil: "load" });
  await check(tab);
  assert.deepEqual(complaints.filter((words) => !words.includes("favicon")), []);
  await tab.close();
}

const words = (tab, selector = "main") => tab.$eval(selector, (element) => element.innerText.replace(/\s+/g, " "));
const heard = async (tab) => JSON.stringify(await tab.accessibility.snapshot({ interestingOnly: false }));

const steps = {
  async "before anything has ended all is there"({ browser, address }) {
    await at(browser, `${address}/events/`, "2026-11-23T12:00:00Z", async (tab) => {
      const text = await words(tab);
      assert.match(text, /5 events from 24 November 2026/);
      assert.match(text, /Tomorrow, Tuesday 24 November 2026/);
      assert.match(text, /November 2026 .*Tea.* Talk/);
      assert.doesNotMatch(text, /Today/);
    });
  },

  async "what has ended is gone for eyes and ears, and counts say so"({ browser, address }) {
    await at(browser, `${address}/events/`, "2026-11-24T12:00:00Z", async (tab) => {
      const text = await words(tab);
      assert.doesNotMatch(text, /Tea/);
      assert.match(text, /^Events .*4 events (?!from)/);
      assert.match(text, /Today, Tuesday 24 November 2026/);
      assert.match(text, /Tomorrow, Wednesday 25 November 2026/);
      const tree = await heard(tab);
      assert.ok(tree.includes("Talk") && !tree.includes("\"Tea\""), "a screen reader hears of what is hidden");
    });
  },

  async "a day goes with its last entry, a month with its last day"({ browser, address }) {
    await at(browser, `${address}/events/`, "2026-11-26T09:00:00Z", async (tab) => {
      const text = await words(tab);
      assert.doesNotMatch(text, /(24|25) November 2026/);
      assert.match(text, /1 event /);
      assert.doesNotMatch(text, /1 events/);
      assert.match(text, /December 2026 Saturday 5 December 2026 Late/);
      assert.equal(await tab.$$eval("main h2", (all) => all.filter((h2) => h2.checkVisibility()).length), 1);
    });
  },

  async "an empty list says that it is"({ browser, address }) {
    await at(browser, `${address}/events/`, "2027-01-01T00:00:00Z", async (tab) => {
      const text = await words(tab);
      assert.match(text, /The dates that were listed here have passed\./);
      assert.doesNotMatch(text, /\bLate\b|0 events|December 2026 Saturday/);
    });
    await at(browser, `${address}/events/this-week/`, "2026-12-07T09:00:00Z", async (tab) => {
      const text = await words(tab);
      assert.equal(text.match(/Every event of this week has finished\./g).length, 2);
    });
  },

  async "a month keeps its table"({ browser, address }) {
    await at(browser, `${address}/events/2026-11/`, "2026-12-01T09:00:00Z", async (tab) => {
      await tab.setViewport({ width: 1280, height: 800 });
      assert.match(await words(tab, "table"), /Tea/);
      assert.match(await words(tab), /Every event of November 2026 has finished\./);
    });
    await at(browser, `${address}/events/2026-11/`, "2026-11-23T09:00:00Z", async (tab) => {
      await tab.setViewport({ width: 360, height: 800 });
      assert.equal(await tab.$eval("table", (table) => table.checkVisibility()), false, "a phone has the list only");
      assert.match(await words(tab), /Tomorrow, Tuesday 24 November 2026 .*Tea/);
    });
  },

  async "an event's page says that it has finished"({ browser, address }) {
    await at(browser, `${address}/events/walk/`, "2026-11-25T10:30:00Z", async (tab) => {
      assert.match(await words(tab), /Today, Wednesday 25 November 2026, 10am to 11am/);
      assert.equal(await tab.$(".notice"), null);
    });
    await at(browser, `${address}/events/walk/`, "2026-11-25T11:00:00Z", async (tab) => {
      assert.equal(await tab.$(".notice"), null, "a date is to come");
      const dates = await words(tab, ".dates-list");
      assert.match(dates, /^Wednesday 2 December 2026/);
      assert.match(await words(tab, ".summary dd"), /^Every Wednesday/);
    });
    await at(browser, `${address}/events/walk/`, "2026-12-02T11:00:00Z", async (tab) => {
      assert.equal(await words(tab, ".notice"), "This event has finished.");
      assert.doesNotMatch(await words(tab), /Next dates|Add to your calendar/);
    });
    await at(browser, `${address}/events/late/`, "2026-12-07T11:00:00Z", async (tab) => {
      assert.equal(await words(tab, ".notice"), "This event is cancelled.");
    });
  },

  async "a countdown counts days"({ browser, address }) {
    for (const [moment, expected] of [
      ["2026-11-23T23:00:00Z", /Thursday 26 November 2026 \(3 days to go\)/],
      ["2026-11-25T08:00:00Z", /Thursday 26 November 2026 \(1 day to go\)/],
      ["2026-11-26T08:00:00Z", /Thursday 26 November 2026$/],
    ]) {
      await at(browser, `${address}/`, moment, async (tab) => assert.match(await words(tab, ".countdown"), expected));
    }
  },

  async "it looks again when something ends, at midnight, and when the page is seen again"({ browser, address }) {
    await at(browser, `${address}/events/`, "2026-11-24T09:00:00Z", async (tab) => {
      const due = () => tab.evaluate(() => new Date(window.due.at).toISOString());
      const wake = (moment) => tab.evaluate((moment) => { window.moveTo(moment); window.due.run(); }, moment);
      assert.equal(await due(), "2026-11-24T12:00:00.000Z");
      await wake("2026-11-24T12:00:00Z");
      assert.doesNotMatch(await words(tab), /Tea/);
      await wake("2026-11-24T14:00:00Z");
      assert.equal(await due(), "2026-11-25T00:00:00.000Z");
      await wake("2026-11-25T00:00:00Z");
      assert.match(await words(tab), /Today, Wednesday 25 November 2026/);
      await tab.evaluate(() => {
        window.moveTo("2026-12-04T12:00:00Z");
        document.dispatchEvent(new Event("visibilitychange"));
      });
      const text = await words(tab);
      assert.match(text, /Tomorrow, Saturday 5 December 2026/);
      assert.equal(text.match(/Today|Tomorrow/g).length, 1, "labels do not gather");
    });
  },

  async "days are those of the site, wherever the reader is"({ browser, address }) {
    const check = async (tab) => assert.match(await words(tab), /Today, Tuesday 24 November 2026/);
    await at(browser, `${address}/events/`, "2026-11-24T01:00:00Z", check, { zone: "America/New_York" });
    await at(browser, `${address}/events/`, "2026-11-24T23:00:00Z", check, { zone: "Australia/Sydney" });
  },

  async "without the script every word is there and true"({ browser, address }) {
    await at(browser, `${address}/events/`, "", async (tab) => {
      const text = await words(tab);
      assert.match(text, /5 events from 24 November 2026/);
      for (const title of ["Tea", "Talk", "Show", "Walk", "Late"]) assert.ok(text.includes(title), title);
      assert.doesNotMatch(text, /Today|Tomorrow|have passed/);
    }, { script: false });
    await at(browser, `${address}/events/walk/`, "", async (tab) => {
      assert.match(await words(tab), /Wednesday 25 November 2026, 10am to 11am/);
      assert.doesNotMatch(await words(tab), /finished/);
    }, { script: false });
  },
};

buildSite();
const server = await serve();
const anyChromium = ["-c", "command -v chromium || command -v chromium-browser"];
const executablePath = process.env.CHROMIUM || execFileSync("sh", anyChromium, { encoding: "utf8" }).trim();
// Its sandbox refuses to run for root, as in a container.
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
let failures = 0;
try {
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step({ browser, address: server.address });
      console.log(`ok      ${name}`);
    } catch (error) {
      failures += 1;
      console.log(`FAILED  ${name}\n${error.stack}`);
    }
  }
} finally {
  await browser.close();
  server.end();
  fs.rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failures > 0 ? 1 : 0;
