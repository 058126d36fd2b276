// What readers press, in a real browser: node tests/browser/controls.mjs PROGRAM
//
// A site of more sources of help and events than one page holds is built by PROGRAM and seen in Chromium ($CHROMIUM, or
// `chromium`): the menu, filters, opening hours, ways into calendars and copy buttons, by keyboard and at several clocks.
// Each step is proven: the server changes page or script so that something is wrong, and the step must find it.

import assert from "node:assert/strict";
import { build, launch, open, page, runSteps, script, serve, temporaryFolder, until } from "./browser.mjs";

const files = {
  "site.yaml": `name: Test service
url: https://www.example.org
closures: {bank-holidays: [2026-12-25]}
needs: [{id: lonely, name: Feeling lonely}, {id: money, name: Money worries}]
areas: [{id: town, name: Town, areas: [{id: quay, name: Quay}]}, {id: hills, name: Hills}]
categories: [{id: music, name: Music}]
`,
  "venues.yaml": "hall: {name: Hall, access: [step-free]}\nattic: {name: Attic}\n",
  "index.md": page("Home", "Hello."),
  "resources/befrienders.md": page("Befrienders", "Company.", "needs: [lonely]\nareas: [quay]\ncost: Free\nreferral: self\ncontact: {address: 1 Quay}\n"),
  "resources/choir.md": page("Choir", "Singing.", "needs: [lonely]\nareas: [town]\ncost: £2\ncontact: {address: 2 Quay}\n"),
  "resources/zebra-bank.md": page("Zebra bank", "Advice.", "needs: [money]\nareas: [quay]\ncost: Free\ncontact: {phone: 01632 960100}\n"),
  "resources/clinic.md": page("Clinic", "Care.", `opening:
  - {days: weekdays, opens: "09:00", closes: "12:00"}
  - {days: weekdays, opens: "13:00", closes: "17:00"}
`),
  "events/concert.md": page("Concert", "Sing.", "start: 2026-11-24 10:00\nend: 2026-11-24 12:00\nvenue: hall\ncategories: [music]\nareas: [quay]\ncost: Free\n"),
  "events/recital.md": page("Recital", "Listen.", "start: 2026-11-24 19:00\nend: 2026-11-24 20:00\nvenue: attic\ncategories: [music]\nareas: [hills]\ncost: £4\n"),
  "events/last.md": page("Last walk", "Walk.", "start: 2027-10-24 10:00\nend: 2027-10-24 12:00\nvenue: hall\nareas: [town]\ncost: Free\n"),
};
const two = (number) => String(number).padStart(2, "0");
for (let n = 1; n <= 52; n++) files[`resources/help-${two(n)}.md`] = page(`Help ${two(n)}`, "Help.", "areas: [hills]\n");
for (let n = 1; n <= 52; n++) {
  const day = `2027-0${1 + Math.floor(n / 28)}-${two(1 + (n % 28))}`;
  files[`events/talk-${two(n)}.md`] = page(`Talk ${two(n)}`, "Talk.", `start: ${day} 10:00\nend: ${day} 11:00\nvenue: attic\n`);
}
files["components.md"] = page("Words", "Words.", "", "::: post {channel: Facebook}\nCome to tea & talk.\n:::\n");

const text = (tab, selector) => tab.$eval(selector, (element) => element.innerText);
const titles = (tab) => tab.$$eval("#list .card-title", (all) => all.filter((title) => title.checkVisibility()).map((title) => title.innerText));
const press = (tab, selector) => tab.$eval(selector, (element) => element.click());
const says = (tab, words) => until(tab, (words) => document.querySelector("form [role=status]").innerText === words, words);
const path = (tab) => tab.evaluate(() => location.pathname + location.search);
/** Presses Tab until an element has the focus; fails where it never gets it. */
async function tabTo(tab, selector) {
  for (let step = 0; step < 150; step += 1) {
    await tab.keyboard.press("Tab");
    if (await tab.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
  }
  assert.fail(`the keyboard does not reach ${selector}`);
}
const inScript = (from, to) => (text, file) => {
  const made = script.replace(from, to);
  return file.endsWith(".js") && made !== script ? made : text;
};
const inStyle = (from, to) => (text, file) => (file.endsWith(".css") ? text.replace(from, to) : text);
const inPage = (from, to) => (text, file) => (file.endsWith("/") ? text.replaceAll(from, to) : text);

const steps = {
  "the directory's form, by keyboard: what fits every answer, announced and in the address": {
    async run({ browser, address }) {
      await open(browser, `${address}/resources/`, async (tab) => {
        assert.equal(await text(tab, ".directory-form [role=status]"), "");
        await tabTo(tab, "[name=need]");
        await tab.keyboard.type("Feeling");
        await tabTo(tab, "[name=area]");
        await tab.keyboard.type("Town");
        await tabTo(tab, "[value$='/free/']");
        await tab.keyboard.press("Space");
        await tabTo(tab, ".directory-form [type=submit]");
        await tab.keyboard.press("Enter");
        await says(tab, "1 source of help fits.");
        assert.deepEqual(await titles(tab), ["Befrienders"]);
        assert.deepEqual(await tab.$$eval("#list h2", (all) => all.filter((h2) => h2.checkVisibility()).map((h2) => h2.innerText)), ["B"]);
        assert.match(await path(tab), /\?need=[^&]+lonely[^&]+&area=[^&]+town[^&]+&way=[^&]+free/);
        const shared = tab.url();
        await tab.goBack();
        await says(tab, "");
        assert.ok((await titles(tab)).includes("Help 01"));
        assert.equal(await tab.$eval("[name=need]", (field) => field.value), "");
        await tab.goto(shared);
        await says(tab, "1 source of help fits.");
        await tabTo(tab, ".directory-form [type=reset]");
        await tab.keyboard.press("Enter");
        await says(tab, "");
        assert.equal(await path(tab), "/resources/");
      });
    },
    breaks: {
      "nothing is announced": inScript("status.textContent = answers[0]", "status.title = answers[0]"),
      "one answer is enough": inScript("answers.every", "answers.some"),
      "the address stays": inScript("history[way]", "history.replaceState.bind(history, 0, '', '#').bind"),
      "the answers of an address are not read": inScript("asked.getAll(field.name)", "[]"),
      "headings of nothing stay": inStyle("[data-group]:has(", "[data-off]:has("),
      "a field is passed over": inPage('name="area"', 'name="area" tabindex="-1"'),
      "the form is not shown": inScript("form.hidden = false", "form.hidden = true"),
    },
  },

  "further parts of a list are looked through, too": {
    async run({ browser, address }) {
      await open(browser, `${address}/resources/`, async (tab) => {
        assert.ok(!(await titles(tab)).includes("Zebra bank"));
        await tab.select("[name=need]", await tab.$eval("[name=need] option:last-child", (option) => option.value));
        await press(tab, ".directory-form [type=submit]");
        await says(tab, "1 source of help fits.");
        assert.deepEqual(await titles(tab), ["Zebra bank"]);
        await press(tab, ".directory-form [type=reset]");
        await says(tab, "");
        assert.equal((await titles(tab)).length, 56);
        assert.equal(await tab.$(".pager"), null);
      });
    },
    breaks: { "only the first part": inScript("[rel=next]", "[rel=none]"), "an entry comes twice": inScript("parts.push(", "parts.push(page.querySelector('#list > *').cloneNode(true), ") },
  },

  "what cannot be loaded is said, and tried again": {
    async run({ browser, address }) {
      await open(browser, `${address}/resources/`, async (tab) => {
        await tab.evaluate(() => {
          window.realFetch = window.fetch;
          window.fetch = () => Promise.reject(new Error("no network"));
        });
        await tab.select("[name=need]", await tab.$eval("[name=need] option:last-child", (option) => option.value));
        await press(tab, ".directory-form [type=submit]");
        await says(tab, "The list could not be loaded. Please use the links instead.");
        await tab.evaluate(() => (window.fetch = window.realFetch));
        await press(tab, ".directory-form [type=submit]");
        await says(tab, "1 source of help fits.");
      });
    },
    breaks: { "it is not tried again": inScript(/loaded = \{\};\n +status/, "status"), "it is not said": inScript("words.fault", "words.none") },
  },

  "events: kind, place with the places in it, what is free or step-free; announced, in the address, and undone": {
    async run({ browser, address }) {
      await open(browser, `${address}/events/`, async (tab) => {
        const choose = async (name, words) => {
          const value = await tab.$$eval(`[name=${name}] option`, (all, words) => all.find((option) => option.innerText.includes(words)).value, words);
          await tab.select(`[name=${name}]`, value);
        };
        const apply = () => press(tab, ".filter-form [type=submit]");
        await choose("kind", "Music");
        await apply();
        await says(tab, "2 events fit.");
        assert.deepEqual(await titles(tab), ["Concert", "Recital"]);
        assert.match(await path(tab), /^\/events\/\?kind=[^&]+music[^&]*$/);
        assert.equal(await tab.$eval(".list-count", (count) => count.checkVisibility()), false, "two counts say different things");
        await choose("area", "Town");
        await apply();
        await says(tab, "1 event fits.");
        assert.deepEqual(await titles(tab), ["Concert"]);
        await choose("kind", "Every kind");
        await press(tab, "[value=free]");
        await press(tab, "[value=step-free]");
        await apply();
        await says(tab, "2 events fit.");
        assert.deepEqual(await titles(tab), ["Concert", "Last walk"]);
        assert.deepEqual(await tab.$$eval("#list h2, #list h3", (all) => all.filter((one) => one.checkVisibility()).length), 4, "months and days with nothing in them are gone");
        await press(tab, "[value=online]");
        await apply();
        await says(tab, "No event fits. Press “Show all” to see every event.");
        const isHelped = () => tab.$eval(".filter-none", (line) => line.checkVisibility());
        assert.ok(await isHelped(), "where to look on");
        await press(tab, ".filter-form [type=reset]");
        await says(tab, "");
        assert.ok(!(await isHelped()));
        assert.equal((await titles(tab)).length, 55);
        assert.equal(await path(tab), "/events/");
      });
      // What has ended since is not counted.
      const late = { now: "2026-11-24T15:00:00Z" };
      await open(browser, `${address}/events/?only=free&only=step-free`, (tab) => says(tab, "1 event fits."), late);
    },
    breaks: {
      "an area has only its own": inPage(/data-terms="([^"]*)\/areas\/town\/ /g, 'data-terms="$1'),
      "what has ended is counted": inScript("fits && !card.hidden", "fits"),
      "months of nothing stay": inStyle("[data-group]:has(", "[data-off]:has("),
      "two counts": inStyle(":is(.list-count,", ":is("),
    },
  },

  "a week of opening hours knows its today, as the clocks of the service say": {
    async run({ browser, address }) {
      for (const [now, expected] of [
        ["2026-11-23T08:59:59Z", "Monday 9am to midday, 1pm to 5pm Today: closed now"],
        ["2026-11-23T09:00:00Z", "Monday 9am to midday, 1pm to 5pm Today: open now"],
        ["2026-11-23T12:00:00Z", "Monday 9am to midday, 1pm to 5pm Today: closed now"],
        ["2026-11-24T16:59:00Z", "Tuesday 9am to midday, 1pm to 5pm Today: open now"],
        ["2026-11-28T10:00:00Z", "Saturday Closed Today: closed"],
        ["2026-11-29T10:00:00Z", "Sunday Closed Today: closed"],
        // Summer time: it is nine already.
        ["2027-06-07T08:30:00Z", "Monday 9am to midday, 1pm to 5pm Today: open now"],
        ["2026-12-25T10:00:00Z", "Friday 9am to midday, 1pm to 5pm Today: may be closed"],
      ]) {
        for (const zone of ["Europe/London", "Australia/Sydney"]) {
          await open(browser, `${address}/resources/clinic/`, async (tab) => {
            const today = await tab.$$eval(".week [data-today]", (all) => all.map((day) => day.innerText.replace(/\s+/g, " ").trim()));
            assert.deepEqual(today, [expected], `${now} ${zone}`);
          }, { now, zone });
        }
      }
      await open(browser, `${address}/resources/clinic/`, async (tab) => {
        await tab.evaluate(() => { window.moveTo("2026-11-23T09:00:30Z"); window.due.run(); });
        assert.equal(await tab.evaluate(() => new Date(window.due.at).toISOString()), "2026-11-23T09:01:30.000Z", "it looks every minute");
        assert.match(await text(tab, ".week [data-today]"), /Today: open now/);
        assert.equal(await tab.$$eval(".week b", (all) => all.length), 1, "labels do not gather");
      }, { now: "2026-11-23T08:59:30Z" });
    },
    breaks: {
      "open until a minute too late": inScript("clock < time.slice(6)", "clock.slice(0, 5) <= time.slice(6)"),
      "no Sunday": inScript("getUTCDay() || 7", "getUTCDay()"),
      "the reader's clock": inScript("timeZone: currentScript.dataset.zone", ""),
      "a closed day is open": inScript("closures.includes(date)", "false"),
      "no minute later": inScript("now + 6e4", "now + 6e7"),
    },
  },

  "a button copies what stands beside it, and says so": {
    async run({ browser, address }) {
      await browser.defaultBrowserContext().overridePermissions(address, ["clipboard-read", "clipboard-sanitized-write"]);
      await open(browser, `${address}/components/`, async (tab) => {
        await tab.bringToFront();
        await tabTo(tab, ".copy-done button");
        assert.equal(await text(tab, ".copy-done button"), "Copy the words");
        await tab.keyboard.press("Enter");
        await until(tab, () => document.querySelector(".copy-done").innerText === "Copied");
        assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), "Come to tea & talk.");
        assert.equal(await tab.evaluate(() => document.activeElement.localName), "button", "the focus stays");
        const watched = JSON.stringify(await tab.accessibility.snapshot({ interestingOnly: false }));
        assert.ok(/"role":"status"[^[]*"children":\[\{"role":"button"[^[]*"name":"Copied"/.test(watched), "no screen reader hears of it");
        await tab.evaluate(() => window.due.run());
        assert.equal(await text(tab, ".copy-done button"), "Copy the words");
      });
      await open(browser, `${address}/subscribe/`, async (tab) => {
        await tab.bringToFront();
        await press(tab, ".copy-done button");
        await until(tab, () => document.querySelector(".copy-done").innerText === "Copied");
        assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), "https://www.example.org/events/calendar.ics");
      });
    },
    breaks: {
      "other words": inScript("previousElementSibling.innerText.trim()", "className"),
      "nobody hears it": inPage(/<(\/?)output/g, "<$1span"),
      "it is not said": inScript("button.textContent = button.dataset", "button.title = button.dataset"),
    },
  },

  "the menu and the ways into a calendar, by keyboard": {
    async run({ browser, address }) {
      await open(browser, `${address}/events/last/`, async (tab) => {
        await tabTo(tab, "#add-to-calendar > summary");
        await tab.keyboard.press("Enter");
        await tab.keyboard.press("Tab");
        const here = await tab.evaluate(() => ({ words: document.activeElement.innerText, isSeen: document.activeElement.checkVisibility() }));
        assert.deepEqual(here, { words: "Add to Apple or another calendar", isSeen: true });
      });
      await open(browser, `${address}/`, async (tab) => {
        await tabTo(tab, ".menu a[href='/resources/']");
        await Promise.all([tab.waitForNavigation(), tab.keyboard.press("Enter")]);
        assert.equal(await text(tab, ".menu [aria-current=page]"), await text(tab, "h1"));
      });
    },
    breaks: {
      "the summary is no button": inPage("<summary>", '<summary tabindex="-1">'),
      "the menu is passed over": inPage('<ul class="wrap menu-list">', '<ul class="wrap menu-list" inert>'),
      "the menu does not say where one is": inPage(' aria-current="page"', ""),
    },
  },
};

const site = await serve(build(temporaryFolder("controls"), files));
const browser = await launch();
await runSteps(steps, { browser, address: site.address }, site);
