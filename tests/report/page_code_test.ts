import { assert, assertEquals } from "@std/assert";
import { PAGE_PACKAGES, PAGE_SOURCES, pageCode } from "../../src/report/page_code.ts";
import { importsOf, projectFileOf, readSource } from "../_source_files.ts";

/** Everything that runs when a report is drawn. */
const FILES = new Set<string>();
const PACKAGES = new Set<string>();
await visit("src/report/render_report.ts");

async function visit(file: string): Promise<void> {
  if (FILES.has(file)) return;
  FILES.add(file);
  for (const { specifier, isTypeOnly } of importsOf(await readSource(file))) {
    if (isTypeOnly) continue;
    const imported = projectFileOf(file, specifier);
    if (imported === undefined) PACKAGES.add(specifier);
    // Trainers load what trains when a run needs it.
    else if (!imported.startsWith("src/trainers/")) await visit(imported);
    else FILES.add(imported);
  }
}

Deno.test("pageCode() covers all source and packages that draw a report", () => {
  assert(FILES.has("src/report/charts/static_chart.ts") && FILES.has("src/wording/headline.ts"));
  const covered = (file: string) =>
    PAGE_SOURCES.some((path) => file === `src/${path}` || file.startsWith(`src/${path}/`));
  assertEquals([...FILES].filter((file) => !covered(file)), []);
  const packages: readonly string[] = PAGE_PACKAGES;
  const isCovered = (name: string) => name.startsWith("node:") || packages.includes(name);
  assertEquals([...PACKAGES].filter((name) => !isCovered(name)), []);
});

Deno.test("what draws a report asks neither the clock nor the surroundings", async () => {
  const asks =
    /Deno\.(env|hostname|osUptime|build|version)|\bnew Date\(\)|Date\.now|Math\.random|navigator|toLocale|Intl\./;
  for (const file of [...FILES].filter((file) => !file.startsWith("src/trainers/"))) {
    const text = await Deno.readTextFile(new URL(`../../${file}`, import.meta.url));
    assert(!asks.test(text), `${file}: ${text.match(asks)}`);
  }
});

Deno.test("pageCode() is the same each time", async () => {
  const { regsweep, checksum } = await pageCode();
  assert(/^\d+\.\d+\.\d+$/.test(regsweep) && /^[0-9a-f]{64}$/.test(checksum));
  assertEquals(await pageCode(), { regsweep, checksum });
});
