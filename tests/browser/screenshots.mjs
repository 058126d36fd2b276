// The pictures of README.md: node tests/browser/screenshots.mjs FOLDER
//
// FOLDER holds the built demonstration site. Chromium ($CHROMIUM, or `chromium`) shows the home page, an event and the
// directory at 1280 px; the pictures lie in docs/pictures/, each of at most 60 kB.

import fs from "node:fs";
import path from "node:path";
import { launch, repository, serve } from "./browser.mjs";

const LIMIT = 60_000;
const SHOTS = [["home", "/"], ["event", "/events/tea-and-talk/"], ["directory", "/resources/"]];

const root = path.resolve(process.argv[2] ?? "public");
const pictures = path.join(repository, "docs/pictures");
const site = await serve(root);
const browser = await launch({ args: ["--no-sandbox", "--hide-scrollbars"] });
const tab = await browser.newPage();
await tab.setViewport({ width: 1280, height: 960 });
await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
fs.mkdirSync(pictures, { recursive: true });
for (const [name, address] of SHOTS) {
  const response = await tab.goto(site.address + address, { waitUntil: "networkidle0" });
  if (!response.ok()) throw new Error(`there is nothing at ${address}`);
  let bytes;
  for (let quality = 85; quality >= 25; quality -= 10) {
    bytes = await tab.screenshot({ type: "webp", quality });
    if (bytes.length <= LIMIT) break;
  }
  if (bytes.length > LIMIT) throw new Error(`${name} has ${bytes.length} bytes`);
  fs.writeFileSync(path.join(pictures, `${name}.webp`), bytes);
  console.log(`docs/pictures/${name}.webp: ${bytes.length} bytes`);
}
await browser.close();
site.end();
