// Lighthouse over one page of each kind: node tests/browser/lighthouse.mjs FOLDER
//
// FOLDER holds a built site. Lighthouse is fetched by npx, so that the tests do without its many packages; Chromium is
// $CHROMIUM or `chromium`. Prints a table of figures; they judge the machine as well as the site.

import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { promisify } from "node:util";

const root = path.resolve(process.argv[2] ?? "public");
const anyChromium = ["-c", "command -v chromium || command -v chromium-browser"];
const chromium = process.env.CHROMIUM || execFileSync("sh", anyChromium, { encoding: "utf8" }).trim();
const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png",
  ".jpg": "image/jpeg", ".webp": "image/webp", ".txt": "text/plain", ".webmanifest": "application/manifest+json",
};
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const pages = fs.readdirSync(root, { recursive: true }).filter((name) => name.endsWith(".html")).map((name) => {
  const html = fs.readFileSync(path.join(root, name), "utf8");
  const address = `/${name.split(path.sep).join("/")}`.replace(/(^|\/)index\.html$/, "$1");
  return { address, kind: /<body[^>]* data-kind="([a-z-]+)"/.exec(html)?.[1], length: html.length };
});
const kinds = [...new Set(pages.map((page) => page.kind))].filter((kind) => kind && kind !== "not-found").sort();

const server = http.createServer((request, response) => {
  const name = decodeURIComponent(new URL(request.url, "http://x").pathname);
  const file = path.join(root, name.endsWith("/") ? `${name}index.html` : name);
  if (!file.startsWith(root) || !fs.existsSync(file)) return response.writeHead(404).end();
  const kept = name.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
  response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream", "cache-control": kept });
  response.end(fs.readFileSync(file));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const run = promisify(execFile);
console.log(`| kind | ${CATEGORIES.join(" | ")} |`);
console.log(`|---|${CATEGORIES.map(() => "---").join("|")}|`);
for (const kind of kinds) {
  const page = pages.filter((page) => page.kind === kind).reduce((a, b) => (b.length > a.length ? b : a));
  const options = ["--yes", "lighthouse", `http://127.0.0.1:${server.address().port}${page.address}`, "--quiet", "--output=json", "--chrome-flags=--headless --no-sandbox", `--only-categories=${CATEGORIES.join(",")}`];
  const { stdout } = await run("npx", options, { env: { ...process.env, CHROME_PATH: chromium }, maxBuffer: 1 << 28 });
  const { categories } = JSON.parse(stdout);
  console.log(`| ${kind} ${page.address} | ${CATEGORIES.map((name) => Math.round(categories[name].score * 100)).join(" | ")} |`);
}
server.close();
