// The script that keeps dates true, in a real browser: node tests/browser/dates.mjs PROGRAM
//
// A small site is built by PROGRAM as on Monday 23 November 2026, served from a temporary folder, and seen in
// Chromium ($CHROMIUM, or `chromium`) at other moments: the page's clock and its timers are ours.

import assert from "node:assert/strict";
import { build, launch, open, page, runSteps, serve, temporaryFolder } from "./browser.mjs";

const event = (title, fields) => page(title, "Come.", `venue: hall\n${fields}\n`, "Come.");
const files = {
  "site.yaml": "name: Test service\nurl: https://www.example.org\n",
  "venues.yaml": "hall: {name: Hall, access: [hearing-loop]}\nbarn: {name: Barn}\n",
  "index.md": page("Home", "Hello.", "", "::: countdown {to: 2026-11-26}\n:::"),
  "events/tea.md": event("Tea", "start: 2026-11-24 10:00\nend: 2026-11-24 12:00"),
  "events/talk.md": event("Talk", "start: 2026-11-24 13:00\nend: 2026-11-24 14:00"),
  "events/show.md": event("Show", "start: 2026-11-24\nend: 2026-11-25"),
  "events/walk.md": event("Walk", "start: 2026-11-25 10:00\nend: 2026-11-25 11:00\nrepeats: {every: week, count: 2}"),
  "events/late.md": event("Late", "start: 2026-12-05 20:00\nend: 2026-12-06 00:30\nstatus: cancelled"),
};

// A series whose dates differ, and a campaign.
const others = {
  "site.yaml": files["site.yaml"],
  "venues.yaml": files["venues.yaml"],
  "events/club.md": event("Club", "start: 2026-11-23 18:00\nend: 2026-11-23 19:00\nrepeats: {every: week}\nchanges: [{on: 2026-11-23, venue: barn}, {on: 2026-11-30, cancelled: true}]\nstatus: full\nbooking: {phone: 01632 960140, closes: 2026-12-02}"),
  "campaigns/day.md": page("The day", "Come.", "day: 2026-12-03\n", "Come."),
};

const at = (browser, address, now, check, options) => open(browser, address, check, { now, ...options });
const words = (tab, selector = "main") => tab.$eval(selector, (element) => element.innerText.replace(/\s+/g, " "));
const notices = (tab) => tab.$$eval(".notice", (all) => all.filter((one) => one.checkVisibility()).map((one) => one.innerText).join(" "));
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
      assert.match(text, /^Events .*4 events from 24 November 2026/, "the show of that day goes on");
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
      assert.match(text, /^Events .*2 events (?!from)/);
      assert.match(text, /December 2026 Wednesday 2 December 2026 Walk .* Saturday 5 December 2026 Late/);
      assert.equal(await tab.$$eval("main .month h2", (all) => all.filter((h2) => h2.checkVisibility()).length), 1);
    });
  },

  async "a series moves on to its next date when one is over"({ browser, address }) {
    const walks = (tab) => tab.$$eval("main a[href='/events/walk/']", (all) => all.filter((link) => link.checkVisibility()).length);
    for (const [moment, day] of [["2026-11-25T10:59:59Z", "Today, Wednesday 25 November 2026"], ["2026-11-25T11:00:00Z", "Wednesday 2 December 2026"]]) {
      await at(browser, `${address}/events/`, moment, async (tab) => {
        assert.match(await words(tab), new RegExp(`${day} Walk`));
        assert.equal(await walks(tab), 1);
      });
      const shortly = day.replace(/.*(Wed)nesday (\d+ \w+) 2026/, "$1 $2");
      await at(browser, `${address}/venues/hall/`, moment, async (tab) => {
        assert.match(await words(tab), new RegExp(`${shortly} Walk`));
        assert.equal(await walks(tab), 1);
      });
    }
    await at(browser, `${address}/events/`, "2026-12-02T11:00:00Z", async (tab) => {
      assert.match(await words(tab), /^Events .*1 event (?!from)/);
      assert.equal(await walks(tab), 0);
    });
    await at(browser, `${address}/events/`, "2026-11-25T11:00:00Z", async (tab) => assert.equal(await walks(tab), 1), { script: false });
  },

  async "an empty list says that it is"({ browser, address }) {
    await at(browser, `${address}/events/`, "2027-01-01T00:00:00Z", async (tab) => {
      const text = await words(tab);
      assert.match(text, /The dates in this list are over\./);
      assert.doesNotMatch(text, /\bLate\b|0 events|December 2026 Saturday/);
    });
    await at(browser, `${address}/events/this-week/`, "2026-12-07T09:00:00Z", async (tab) => {
      const text = await words(tab);
      assert.match(text, /Every event from Monday 23 to Sunday 29 November 2026 has finished\..*Every event from Monday 30 November to Sunday 6 December 2026 has finished\./);
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
      assert.equal(await notices(tab), "");
    });
    await at(browser, `${address}/events/walk/`, "2026-11-25T11:00:00Z", async (tab) => {
      assert.equal(await notices(tab), "", "a date is to come");
      const dates = await words(tab, ".dates-list");
      assert.match(dates, /^Wednesday 2 December 2026/);
      assert.match(await words(tab, ".summary dd"), /^Wednesday 2 December 2026, 10am to 11am Every Wednesday/);
    });
    await at(browser, `${address}/events/walk/`, "2026-12-02T11:00:00Z", async (tab) => {
      assert.equal(await notices(tab), "This event has finished.");
      assert.doesNotMatch(await words(tab), /Next dates|Add to your calendar|Tell someone/);
    });
    await at(browser, `${address}/events/late/`, "2026-12-07T11:00:00Z", async (tab) => {
      assert.equal(await notices(tab), "This event is cancelled.");
    });
  },

  async "what is said of one date goes with it"({ browser, other: address }) {
    const club = `${address}/events/club/`;
    const where = (tab) => words(tab, ".summary div:nth-child(2) dd");
    await at(browser, club, "2026-11-23T12:00:00Z", async (tab) => {
      assert.match(await notices(tab), /fully booked\. The date on Monday 23 November 2026 is at another place: Barn\.$/);
      assert.match(await where(tab), /^Barn On other dates: Hall/);
      assert.match(await words(tab), /On Monday 23 November 2026, at Barn: we do not know yet/);
      assert.match(await words(tab), /Book by Wednesday 2 December 2026/);
    });
    await at(browser, club, "2026-11-23T20:00:00Z", async (tab) => {
      assert.match(await notices(tab), /fully booked\. The date on Monday 30 November 2026 is cancelled\. The next date is Monday 7 December/);
      assert.match(await words(tab, ".summary dd"), /^Monday 7 December 2026, 6pm to 7pm/);
      assert.equal(await where(tab), "Hall");
      assert.doesNotMatch(await words(tab), /at Barn/);
    });
    await at(browser, `${address}/events/`, "2026-11-29T20:00:00Z", async (tab) => {
      assert.match(await words(tab), /Club Fully booked .*Cancelled on Monday 30 November 2026/);
    });
    for (const path of ["/events/", "/events/club/"]) {
      await at(browser, address + path, "2026-12-03T10:00:00Z", async (tab) => {
        assert.match(await words(tab), /Monday 7 December 2026.*/);
        assert.doesNotMatch(await words(tab), /is cancelled|Cancelled on|Book by|960140/);
      });
    }
    await at(browser, club, "2027-01-19T10:00:00Z", async (tab) => {
      assert.match(await words(tab), /Booking closed at the end of Wednesday 2 December 2026\./);
      const dates = await tab.$$eval(".dates-list:first-of-type li", (all) => all.filter((one) => one.checkVisibility()).length);
      assert.equal(dates, 5, "later dates move up");
    });
  },

  async "a campaign says when it is today, and when it is over"({ browser, other: address }) {
    await at(browser, `${address}/campaigns/day/`, "2026-12-03T10:00:00Z", async (tab) => {
      assert.match(await words(tab), /Today, Thursday 3 December 2026/);
      assert.equal(await notices(tab), "");
    });
    await at(browser, `${address}/campaigns/day/`, "2026-12-04T10:00:00Z", async (tab) => {
      assert.equal(await notices(tab), "This campaign has finished.");
    });
    for (const [moment, isThere] of [["2026-12-03T23:00:00Z", true], ["2026-12-04T00:00:00Z", false]]) {
      await at(browser, `${address}/`, moment, async (tab) => assert.equal((await words(tab)).includes("The day"), isThere));
    }
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

const site = await serve(build(temporaryFolder("dates"), files));
const browser = await launch();
const other = await serve(build(temporaryFolder("differing-dates"), others));
await runSteps(steps, { browser, address: site.address, other: other.address }, site, other);
