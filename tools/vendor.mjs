// Copy the named files of npm packages that the browser needs into the static folder of the office.
// A file not named in tools/vendor.json is not served. `npm run vendor` after `npm ci`.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, "src/dondoc/office/static/vendor");
const named = JSON.parse(readFileSync(join(root, "tools/vendor.json"), "utf8"));

const missing = Object.values(named).filter((from) => !existsSync(join(root, "node_modules", from)));
if (missing.length > 0) {
  console.error(`Not in node_modules (run npm ci first): ${missing.join(", ")}`);
  process.exit(1);
}

rmSync(target, { recursive: true, force: true });
for (const [to, from] of Object.entries(named)) {
  const source = join(root, "node_modules", from);
  const copy = join(target, to);
  mkdirSync(dirname(copy), { recursive: true });
  if (/\.(css|js)$/.test(to)) {
    // A source map is not served, and the manifest storage of Django refuses a reference to a file that is absent.
    const text = readFileSync(source, "utf8").replace(/\n?(\/\*|\/\/)# sourceMappingURL=\S+( \*\/)?\s*$/, "\n");
    writeFileSync(copy, text);
  } else {
    copyFileSync(source, copy);
  }
}
console.log(`${Object.keys(named).length} files copied`);
