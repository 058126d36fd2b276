// The preview in a real browser: node tests/browser/live.mjs PROGRAM
//
// A small site in a temporary folder is served by PROGRAM and seen in Chromium ($CHROMIUM, or `chromium`).
// Every step waits for what must come, and fails after DEADLINE_MS. That a page was not loaded again shows
// in a mark that its window keeps.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { launch, program, repository, runSteps, temporaryFolder } from "./browser.mjs";

const DEADLINE_MS = 20_000;
const site = temporaryFolder("preview");
const css = "themes/waymark/assets/css/site.css";
// The theme has it in parts; a site's own file of that name stands for all of them.
const parts = path.join(repository, css);
const sheet = fs.readdirSync(parts).sort().map((part) => fs.readFileSync(path.join(parts, part), "utf8")).join("\n");

function write(name, bytes) {
  const place = path.join(site, name);
  fs.mkdirSync(path.dirname(place), { recursive: true });
  // As many editors save: written beside, then renamed.
  fs.writeFileSync(`${place}~`, bytes);
  fs.renameSync(`${place}~`, place);
}

const page = (title, text) => `---\ntitle: ${title}\nsummary: About it.\n---\n\n${text}\n`;
const door = (colour) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="${colour}"/></svg>`;
const long = Array.from({ length: 200 }, (_, line) => `Line ${line} of a long page.`).join("\n\n");

function writeSite() {
  write("content/site.yaml", "name: Test service\nurl: https://www.example.org\n");
  write("content/index.md", page("Home", "Welcome."));
  write("content/about.md", page("About", `First words.\n\n![A door](media/door.svg)\n\n${long}`));
  write("content/contact.md", page("Contact", "Come and see us."));
  write("content/media/door.svg", door("red"));
  write(css, sheet);
}

/** Starts the preview; returns its address, a way to wait for words that it prints, and one to end it. */
async function serve(port = 0) {
  const preview = spawn(program, ["serve", "--root", site, "--on", "2026-11-23", "--port", String(port)]);
  const printed = [];
  const lines = readline.createInterface({ input: preview.stderr });
  const address = await new Promise((resolve, reject) => {
    preview.on("error", reject);
    preview.on("exit", () => reject(new Error(`the preview ended: ${printed.join("\n")}`)));
    lines.on("line", (line) => {
      printed.push(line);
      const found = line.match(/The site is at (\S+)/);
      if (found) resolve(found[1]);
    });
  });
  const prints = async (words) => {
    while (!printed.join("\n").includes(words)) {
      await once(lines, "line", { signal: AbortSignal.timeout(DEADLINE_MS) });
    }
  };
  const end = () => new Promise((resolve) => {
    preview.removeAllListeners("exit");
    preview.on("exit", resolve);
    preview.kill("SIGINT");
  });
  return { address, prints, end };
}

/** Opens an address and marks its window. */
async function open(browser, address) {
  const tab = await browser.newPage();
  tab.setDefaultTimeout(DEADLINE_MS);
  tab.on("pageerror", (error) => { throw error; });
  await tab.goto(address, { waitUntil: "load" });
  await mark(tab);
  return tab;
}

const mark = (tab) => tab.evaluate(() => { window.mark = true; });
const isMarked = (tab) => tab.evaluate(() => window.mark === true);
// A tab in the background draws nothing, so waiting for its next frame would be waiting for ever.
const until = (tab, holds, ...values) => tab.waitForFunction(holds, { polling: 50 }, ...values);
const shows = (tab, words) => until(tab, (words) => document.body?.innerText.includes(words), words);
const wasLoadedAgain = (tab) => until(tab, () => window.mark === undefined && document.readyState === "complete");
const overlayText = () =>
  document.querySelector("fingerpost-faults")?.shadowRoot.querySelector("[role=alert] pre")?.textContent ?? null;
const showsFaults = async (tab) => {
  await until(tab, overlayText);
  return tab.evaluate(overlayText);
};
const showsNoFaults = (tab) => until(tab, () => !document.querySelector("fingerpost-faults"));

const steps = {
  async "an edit is seen without a hand, and by its own page only"({ about, contact }) {
    write("content/about.md", page("About", `Second words.\n\n![A door](media/door.svg)\n\n${long}`));
    await shows(about, "Second words.");
    await wasLoadedAgain(about);
    await mark(about);
    // What comes after it has come; so what should not have come would be here.
    write("content/contact.md", page("Contact", "Stay and talk."));
    assert.equal(await isMarked(contact), true, "an edit of another page loaded this one again");
    await shows(contact, "Stay and talk.");
    await mark(contact);
    assert.equal(await isMarked(about), true, "an edit of another page loaded this one again");
  },

  async "a mistake is shown in the terminal's words above the last good page"({ about, preview }) {
    write("content/contact.md", "---\nsummary: About it.\ndate: yesterday-ish\n---\n\nThird words.\n");
    const faults = await showsFaults(about);
    assert.match(faults, /^error\[/);
    assert.match(faults, /content\/contact\.md:3:/);
    for (const fault of faults.trim().split("\n\n")) await preview.prints(fault);
    assert.ok(await about.evaluate(() => document.body.innerText.includes("Second words.")));
    assert.equal(await isMarked(about), true);
  },

  async "escape closes it until the next change"({ about }) {
    await about.bringToFront();
    await about.keyboard.press("Escape");
    await showsNoFaults(about);
    write("content/contact.md", "---\nsummary: About it.\ndate: today-ish\n---\n\nThird words.\n");
    assert.match(await showsFaults(about), /today-ish/);
  },

  async "mending the mistake takes it away, without loading the page again"({ about }) {
    write("content/contact.md", page("Contact", "Mended words."));
    await showsNoFaults(about);
    assert.equal(await isMarked(about), true);
  },

  async "a page that cannot be made says why, and comes when it can"({ about, contact }) {
    const template = "themes/waymark/templates/page.html";
    const good = fs.readFileSync(path.join(repository, template), "utf8");
    write(template, `${good}{% block page_end %}{{ asset(path="css/missing.css") }}{% endblock %}`);
    assert.match(await showsFaults(contact), /css\/missing\.css/);
    await contact.reload({ waitUntil: "load" });
    assert.match(await contact.evaluate(() => document.querySelector("pre").textContent), /css\/missing\.css/);
    fs.rmSync(path.join(site, template));
    await shows(contact, "Mended words.");
    await showsNoFaults(about);
    await mark(contact);
    assert.equal(await isMarked(about), true);
  },

  async "a style comes without loading the page again, and the page stays where it was"({ about }) {
    await about.bringToFront();
    await about.evaluate(() => scrollTo(0, 1500));
    const scrolled = await about.evaluate(() => scrollY);
    assert.ok(scrolled > 1000, `the page is long enough: ${scrolled}`);
    for (const colour of ["rgb(1, 2, 3)", "rgb(4, 5, 6)"]) {
      write(css, `${sheet}\nbody { background: ${colour} !important }\n`);
      await until(about, (colour) => getComputedStyle(document.body).backgroundColor === colour, colour);
    }
    await until(about, () => document.querySelectorAll('link[rel=stylesheet][href*="/site."]').length === 1);
    assert.equal(await about.evaluate(() => scrollY), scrolled);
    assert.equal(await isMarked(about), true);
  },

  async "a style that loses a rule loses it"({ about }) {
    write(css, sheet);
    await until(about, () => getComputedStyle(document.body).backgroundColor !== "rgb(4, 5, 6)");
    assert.equal(await isMarked(about), true);
  },

  async "a picture is shown anew where it is shown"({ about, contact }) {
    write("content/media/door.svg", door("lime"));
    // A picture that is another one has another address, so the page that shows it is another page.
    await wasLoadedAgain(about);
    await mark(about);
    await until(about, () => {
      const picture = document.querySelector('main img[src*="/door."]');
      picture?.scrollIntoView();
      if (!picture?.complete || picture.naturalWidth === 0) return false;
      const canvas = document.createElement("canvas");
      const pencil = canvas.getContext("2d");
      pencil.drawImage(picture, 0, 0, 40, 40);
      return pencil.getImageData(20, 20, 1, 1).data.join() === "0,255,0,255";
    });
    assert.equal(await isMarked(about), true);
    assert.equal(await isMarked(contact), true);
  },

  async "a page that comes and a page that goes"({ browser, preview }) {
    const tab = await open(browser, `${preview.address}new/`);
    write("content/new.md", page("New", "New words."));
    await shows(tab, "New words.");
    fs.rmSync(path.join(site, "content/new.md"));
    await until(tab, () => !document.body?.innerText.includes("New words."));
    await tab.close();
  },

  async "many tabs do not block one another"({ browser, preview }) {
    const tabs = [];
    for (let count = 0; count < 9; count++) {
      const tab = await open(browser, `${preview.address}about/`);
      await tab.bringToFront();
      tabs.push(tab);
    }
    write("content/about.md", page("About", `Words for all.\n\n${long}`));
    for (const tab of tabs) {
      await tab.bringToFront();
      await shows(tab, "Words for all.");
    }
    for (const tab of tabs) await tab.close();
  },

  async "a preview that was started again is found again"({ about, contact, preview }) {
    const port = new URL(preview.address).port;
    await preview.end();
    write("content/contact.md", page("Contact", "While it was away."));
    Object.assign(preview, await serve(port));
    await contact.bringToFront();
    await shows(contact, "While it was away.");
    await about.bringToFront();
    write("content/about.md", page("About", "Last words."));
    await shows(about, "Last words.");
  },
};

writeSite();
const preview = await serve();
const browser = await launch();
const about = await open(browser, `${preview.address}about/`);
const contact = await open(browser, `${preview.address}contact/`);
await runSteps(steps, { browser, preview, about, contact }, preview);
