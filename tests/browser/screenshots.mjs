// The pictures of README.md: node tests/browser/screenshots.mjs FOLDER
//
// FOLDER holds the built demonstration site. Chromium ($CHROMIUM, or `chromium`) shows the home page, an event and the
// directory at 1280 px; the pictures lie in docs/pictures/, each of at most 60 kB.

import { execFileSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const LIMIT = 60_000;
const SHOTS = [["home", "/"], ["event", "/events/tea-and-talk/"], ["directory", "/resources/"]];
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp" };

const root = path.resolve(process.argv[2] ?? "public");
const pictures = fileURLToPath(new URL("../../docs/pictures", import.meta.url));
const anyChromium = ["-c", "command -v chromium || command -v chromium-browser"];
const executablePath = process.env.CHROMIUM || execFileSync("sh", anyChromium, { encoding: "utf8" }).trim();

const server = http.createServer((request, response) => {
  const name = decodeURIComponent(new URL(request.url, "http://x").pathname);
  const file = path.join(root, name.endsWith("/") ? `${name}index.html` : name);
  if (!file.startsWith(root) || !fs.existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" });
  response.end(fs.readFileSync(file));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
// Its sandbox refuses to run for root, as in a container.
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--hide-scrollbars"] });
const tab = await browser.newPage();
await tab.setViewport({ width: 1280, height: 960 });
await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
fs.mkdirSync(pictures, { recursive: true });
for (const [name, address] of SHOTS) {
  const response = await tab.goto(`http://127.0.0.1:${server.address().port}${address}`, { waitUntil: "networkidle0" });
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
server.close();
