// The search page, in a real browser: node tests/browser/search.mjs PROGRAM
//
// Two sites are built by PROGRAM, one of them so large that its index has a file for every two letters. They are served
// from temporary folders under a strict Content-Security-Policy, and searched in Chromium ($CHROMIUM, or `chromium`).

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build, launch, open, page, runSteps, script, serve, temporaryFolder, until } from "./browser.mjs";

/** The most that the script may weigh, in bytes as they are sent. */
const HEAVIEST = 3000;

const settings = `name: Test service
url: https://www.example.org
language: en-GB
languages: [cy]
contact: {phone: 01632 960100}
needs: [{id: lonely, name: Feeling lonely}]
areas: [{id: north, name: North End}]
`;
const small = {
  "site.yaml": settings,
  "venues.yaml": "hall: {name: Ferrymen's Hall}\n",
  "index.md": page("Home", "Hello."),
  "about.md": page("About us", "Who we are.", "", "We run a café. We volunteer, and we care."),
  "about.cy.md": page("Amdanom ni", "Pwy ydym ni, a'r ŵyl."),
  "resources/friends.md": page("Good company", "A voice on the phone.", "needs: [lonely]\nareas: [north]\nreferral: self\n", "Our volunteers ring. They are caring people."),
  "resources/drive.md": page("Car drivers", "We drive you to hospital.", "status: waiting-list\n"),
  "resources/garden.md": page("Allotment", "Gardening together.", "", "Bring gloves."),
  "events/tea.md": page("Tea and talk", "Come for tea.", "start: 2026-11-24 10:00\nend: 2026-11-24 12:00\nvenue: hall\n"),
  "events/choir.md": page("Choir", "Sing.", "start: 2026-11-25 18:00\nend: 2026-11-25 19:00\nvenue: hall\nrepeats: {every: week}\n"),
  "events/old.md": page("Old gathering", "It was.", "start: 2026-01-24 10:00\nend: 2026-01-24 12:00\nvenue: hall\n"),
  "blog/one.md": page("Gloves wanted", "News of gloves.", "date: 2026-11-01\n"),
};
for (let n = 10; n < 35; n++) small[`blog/post-${n}.md`] = page(`Bulletin ${n}`, "News.", `date: 2026-10-01\n`, "Bulletin.");

const large = { "site.yaml": settings, "index.md": page("Home", "Hello.") };
const letters = "abcdefghijklmnopqrstuvwxyz";
for (let n = 0; n < 1010; n++) {
  const word = `${letters[n % 26]}${letters[Math.floor(n / 26) % 26]}word${letters[Math.floor(n / 676)]}`;
  large[`page-${n}.md`] = page(`Page ${word}`, "Text.", "", n == 77 ? "An allotment for befriending." : "Text.");
}

/** What people ask a service of social prescribing. */
const asked = {
  "site.yaml": `name: Test service
url: https://www.example.org
language: en-GB
needs: [{id: lonely, name: Feeling lonely}, {id: low, name: Feeling low or anxious}, {id: grief, name: Losing someone}, {id: home, name: Housing and home}]
synonyms: [[food bank, pantry]]
`,
  "index.md": page("Home", "Hello."),
  "access.md": page("Accessibility statement", "How to use this site.", "", "No text stands alone."),
  "prescribing.md": page("What is social prescribing?", "A link worker listens to you.", "", "Link workers know who helps."),
  "resources/friends.md": page("Phone friends", "A voice each week.", "needs: [lonely]\neligibility: {text: People who feel alone or isolated}\n"),
  "resources/lunch.md": page("Lunch club", "Food and talk.", "needs: [lonely]\n", "There is heating."),
  "resources/pantry.md": page("North pantry", "Food for little money."),
  "resources/warm.md": page("Warm Homes", "Help with heating your home.", "needs: [home]\n"),
  "resources/grief.md": page("Listening ear", "Somebody to talk to.", "needs: [grief, low]\naccess: [bsl]\ncontact: {phone: 01632 960127}\n"),
  "resources/memory.md": page("Memory café", "For people with dementia.", "contact: {phone: 01632 960139}\n"),
  "events/ask.md": page("Ask a link worker", "Come and ask.", "start: 2026-12-24 10:00\nend: 2026-12-24 12:00\n"),
  "campaigns/day-2024.md": page("Link Worker Day 2024", "Our link workers.", "day: 2024-05-23\n"),
  "blog/shelf.md": page("A shelf for the river bank", "News of a lonely shelf and of food near the bank.", "date: 2026-11-01\n"),
};

const titles = (tab) => tab.$$eval(".search-list h2", (all) => all.map((title) => title.innerText));
const status = (tab) => tab.$eval("[role=status]", (element) => element.innerText);
/** Opens a page and waits until what its script fetches is there. */
const openSearched = (browser, address, check, options) => open(browser, address, check, { loaded: "networkidle0", ...options });
const said = (tab, words) => until(tab, (words) => document.querySelector("[role=status]").innerText.includes(words), words);
const search = async (browser, site, query, check, options) =>
  openSearched(browser, `${site.address}/search/?q=${encodeURIComponent(query)}`, check, options);

const steps = {
  async "what is typed is found, said and put into the address"({ browser, first }) {
    await openSearched(browser, `${first.address}/search/`, async (tab) => {
      assert.equal(await status(tab), "");
      await tab.type("#search-words", "gloves");
      await said(tab, "2 results for “gloves”");
      assert.deepEqual(await titles(tab), ["Gloves wanted", "Allotment"], "the title weighs more than the text");
      assert.match(tab.url(), /\?q=gloves$/);
      assert.match(await tab.title(), /^gloves: /);
      const facts = await tab.$$eval(".search-facts", (all) => all.map((fact) => fact.innerText));
      assert.deepEqual(facts, ["News · 1 November 2026", "Find support"]);
    });
  },

  async "an address can be shared, and the way back leads to the words before"({ browser, first }) {
    await search(browser, first, "tea", async (tab) => {
      assert.equal(await tab.$eval("#search-words", (input) => input.value), "tea");
      assert.deepEqual(await titles(tab), ["Tea and talk"]);
      assert.match(await tab.$eval(".search-facts", (fact) => fact.innerText), /^Event · Tuesday 24 November 2026, 10am to midday · Ferrymen's Hall$/);
      await tab.click("#search-words", { count: 3 });
      await tab.keyboard.type("choir");
      await tab.keyboard.press("Enter");
      await said(tab, "“choir”");
      assert.match(await tab.$eval(".search-facts", (fact) => fact.innerText), /Every Wednesday/);
      await tab.goBack();
      await said(tab, "“tea”");
      await tab.click(".search-list a");
      await tab.waitForSelector("h1");
      assert.match(tab.url(), /\/events\/tea\/$/);
    });
  },

  async "the keyboard leads through the results"({ browser, first }) {
    await search(browser, first, "bulletin", async (tab) => {
      assert.equal((await titles(tab)).length, 10);
      await tab.focus("#search-words");
      const here = () => tab.evaluate(() => document.activeElement.innerText);
      for (const next of ["Search", "999", "111", "116 123"]) {
        await tab.keyboard.press("Tab");
        assert.equal(await here(), next, "over the button and the numbers for a crisis");
      }
      for (const title of await titles(tab)) {
        await tab.keyboard.press("Tab");
        assert.equal(await here(), title, "Tab leads from the button through the results");
      }
      await tab.keyboard.press("Tab");
      assert.equal(await here(), "Show more results");
      await tab.keyboard.press("Enter");
      await tab.waitForFunction(() => document.querySelectorAll(".search-list li").length == 20);
      assert.equal(await here(), (await titles(tab))[10], "the first of the new results has the focus");
      await tab.focus("#search-results > button");
      await tab.keyboard.press("Enter");
      await tab.waitForFunction(() => document.querySelectorAll(".search-list li").length == 25);
      assert.equal(await tab.$eval("#search-results > button", (button) => button.hidden), true);
      const [last] = (await titles(tab)).slice(-1);
      while ((await here()) != last) await tab.keyboard.press("Tab");
      await Promise.all([tab.waitForNavigation(), tab.keyboard.press("Enter")]);
      assert.equal(await tab.$eval("h1", (title) => title.innerText), last, "Enter opens a result");
    });
  },

  async "words are found by their stems, in labels, and without accents"({ browser, first }) {
    for (const [query, expected] of [
      ["volunteering", ["Good company", "About us"]],
      ["care", ["About us", "Good company"]],
      ["car", ["Car drivers", "About us", "Good company"]],
      ["driving", ["Car drivers"]],
      ["garden", ["Allotment"]],
      ["loneliness", ["Good company"]],
      ["north end", ["Good company"]],
      ["cafe", ["About us"]],
      ["CAFÉ", ["About us"]],
      ["wyl", ["Amdanom ni"]],
      ["the hospital for you", ["Car drivers"]],
    ]) {
      await search(browser, first, query, async (tab) => assert.deepEqual((await titles(tab)).sort(), expected.sort(), query));
    }
    await search(browser, first, "car", async (tab) => assert.equal((await titles(tab))[0], "Car drivers"));
    await search(browser, first, "ŵyl", async (tab) => assert.equal(await tab.$eval(".search-list li", (item) => item.lang), "cy"));
  },

  async "a slip of the finger is mended, and said"({ browser, first }) {
    for (const [query, meant, expected] of [
      ["alotment", "allotment", "Allotment"],
      ["lallotment", "allotment", "Allotment"],
      ["hsopital", "hospital", "Car drivers"],
      ["ohspital", "hospital", "Car drivers"],
    ]) {
      await search(browser, first, query, async (tab) => {
        assert.match(await status(tab), new RegExp(`^Showing results for “${meant}”\\. 1 result for “${meant}”$`));
        assert.deepEqual(await titles(tab), [expected], query);
      });
    }
    await search(browser, first, "qqqqq", async (tab) => {
      assert.match(await status(tab), /^Nothing was found for “qqqqq”/);
      assert.equal((await titles(tab)).length, 0);
    });
  },

  async "everyday words find what the site has, and what helps stands first"({ browser, third }) {
    for (const [query, ...expected] of [
      ["lonely", "Phone friends", "Lunch club"],
      ["heating", "Warm Homes"],
      ["how do i see a link worker", "Ask a link worker", "What is social prescribing?"],
      ["food bank near me", "North pantry"],
      ["i need help with bereavement", "Listening ear"],
      ["anxiety", "Listening ear"],
      ["depressed", "Listening ear"],
      ["eviction", "Warm Homes"],
      ["alzheimers", "Memory café"],
      ["BSL", "Listening ear"],
      ["sign language", "Listening ear"],
      ["01632 960127", "Listening ear"],
    ]) {
      await search(browser, third, query, async (tab) => {
        assert.deepEqual((await titles(tab)).slice(0, expected.length), expected, query);
        assert.doesNotMatch(await status(tab), /Showing results for/, query);
      });
    }
    await search(browser, third, "lonely", async (tab) => assert.ok(!(await titles(tab)).includes("Accessibility statement")));
    await search(browser, third, "link worker", async (tab) => assert.equal((await titles(tab)).at(-1), "Link Worker Day 2024", "what is over comes last"));
  },

  async "words of a crisis and digits are never taken for slips"({ browser, third }) {
    for (const query of ["self harm", "01632 960128x", "960128"]) {
      await search(browser, third, query, async (tab) => {
        assert.doesNotMatch(await status(tab), /Showing results for/, query);
        assert.ok((await tab.$eval("main", (main) => main.innerText)).includes("116 123"), "who helps at once stands there");
      });
    }
  },

  async "what is over is not found, and what ends after the build says so"({ browser, first }) {
    await search(browser, first, "gathering", async (tab) => assert.equal((await titles(tab)).length, 0));
    const late = { now: "2026-11-26T12:00:00Z" };
    await search(browser, first, "tea", async (tab) => assert.match(await tab.$eval(".search-facts", (fact) => fact.innerText), /Finished/), late);
  },

  async "on a large site two letters find a file"({ browser, second }) {
    second.asked.length = 0;
    await search(browser, second, "befriend allotment", async (tab) => {
      assert.equal((await titles(tab)).length, 1);
      const index = second.asked.filter((name) => name.endsWith(".json"));
      assert.deepEqual(index.slice(0, 3).sort(), ["/search/index.json", "/search/w-al.json", "/search/w-be.json"]);
      assert.equal(index.length, 4, "one file of results");
    });
    for (const slip of ["alotment", "lalotment", "lalotmnt"]) {
      await search(browser, second, slip, async (tab) => {
        assert.match(await status(tab), slip == "lalotmnt" ? /Nothing|allotment/ : /Showing results for “allotment”/, slip);
      });
    }
  },

  async "without script the page leads on"({ browser, first }) {
    await search(browser, first, "tea", async (tab) => {
      const text = await tab.$eval("main", (main) => main.innerText);
      assert.match(text, /Search does not work on this device/);
      assert.match(text, /ring us and ask: 01632 960100/);
      const links = await tab.$$eval("main a", (all) => all.map((link) => link.getAttribute("href")));
      for (const url of ["/resources/", "/events/", "/blog/", "/site-map/", "tel:01632960100"]) assert.ok(links.includes(url), url);
    }, { script: false });
  },

  async "nothing is kept, and the script is light"({ browser, first }) {
    await search(browser, first, "tea", async (tab) => {
      const kept = await tab.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]);
      assert.deepEqual(kept, ["", 0, 0]);
    });
    const folder = path.join(first.output, "assets/js");
    const scripts = fs.readdirSync(folder);
    assert.equal(scripts.length, 1, `one script, not ${scripts}`);
    const weight = gzipSync(fs.readFileSync(path.join(folder, scripts[0])), { level: 9 }).length;
    assert.ok(weight <= HEAVIEST, `the script weighs ${weight} bytes`);
  },

  async "the script and the program agree on what a word is"({ first, second }) {
    const split = new Function(`return ${/const split = ([^]*?);\n\n/.exec(script)[1]}`)();
    let words = 0;
    for (const { output } of [first, second]) {
      for (const name of fs.readdirSync(path.join(output, "search")).filter((name) => name.startsWith("w-"))) {
        for (const word of Object.keys(JSON.parse(fs.readFileSync(path.join(output, "search", name))))) {
          assert.deepEqual(split(word), [word]);
          words++;
        }
      }
    }
    assert.ok(words > 1000);
    assert.deepEqual(split("Café Ŵyl e\u0301te\u0301 Straße; don’t 茶話会"), ["cafe", "wyl", "ete", "straße", "don", "t", "茶話会"]);
  },
};

const folder = temporaryFolder("search");
const [first, second, third] = [
  await serve(build(path.join(folder, "small"), small)),
  await serve(build(path.join(folder, "large"), large)),
  await serve(build(path.join(folder, "asked"), asked)),
];
const browser = await launch();
await runSteps(steps, { browser, first, second, third }, first, second, third);
