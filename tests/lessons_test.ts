import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { join } from "node:path";
import { standardizeAllRows } from "../experiments/lessons/standardize_all_rows.ts";
import { openExperiment } from "../src/experiment/open_experiment.ts";
import { blocksOf, linksOf, readPages, resolveLink } from "./_markdown.ts";
import { ROOT } from "./_source_files.ts";

// The commands of docs/lessons.md, and what they print, are tested with those of all pages:
// tests/end_to_end/docs_test.ts runs each lesson, and compares its table to the last digit.

const LESSONS = "experiments/lessons";
const FILES = [...Deno.readDirSync(join(ROOT, LESSONS))].map(({ name }) => name);
const EXPERIMENTS = FILES.filter((name) => name.endsWith(".yaml"));
const PAGE = (await readPages()).find(({ path }) => path === "docs/lessons.md") ??
  { path: "docs/lessons.md", text: "" };
const SECTIONS = PAGE.text.split(/^## (?=\d)/m).slice(1).map((text) => ({ path: PAGE.path, text }));

/** A figure with decimals: `97.4%`, `+0.49 points`. */
const FIGURE = /[+−]?\d+\.\d+/g;

for (const name of EXPERIMENTS) {
  Deno.test(`${LESSONS}/${name} is a valid experiment of this name`, async () => {
    const { experiment } = await openExperiment(join(ROOT, LESSONS, name));
    assertEquals(`${experiment.name}.yaml`, name);
    assert(experiment.description.endsWith("?"));
  });
}

Deno.test("docs/lessons.md has six lessons, links to all of their files and runs each", () => {
  assertEquals(SECTIONS.length, 6);
  const linked = linksOf(PAGE).map((target) => resolveLink(PAGE, target)?.path);
  assertEquals(FILES.filter((name) => !linked.includes(join(LESSONS, name))), []);
  const commands = blocksOf(PAGE).filter(({ language }) => language === "sh")
    .map(({ text }) => text).join("");
  for (const name of EXPERIMENTS) assert(commands.includes(`sweep ${LESSONS}/${name}\n`), name);
});

Deno.test("docs/lessons.md has a prediction and a table in each lesson, and no figures but theirs", async () => {
  for (const section of SECTIONS) {
    const [title] = section.text.split("\n", 1);
    assert(section.text.includes("**Predict:**"), title);
    const tables = blocksOf(section).filter(({ language }) => language === "console");
    const files = linksOf(section).flatMap((link) => link.endsWith(".yaml") ? [link] : []);
    const settings = files.map((link) => Deno.readTextFile(join(ROOT, "docs", link)));
    const sources = [...tables.map(({ text }) => text), ...await Promise.all(settings)].join("\n");
    // Without a sign where a sentence says which way.
    const known = new Set((sources.match(FIGURE) ?? []).flatMap((text) => [text, text.slice(1)]));
    const quoted = section.text.replaceAll(/^```.*?^```$/gms, "").match(FIGURE) ?? [];
    assert(tables.length > 0 && quoted.length > 0, title);
    assertEquals(quoted.filter((figure) => !known.has(figure)), [], title);
  }
});

Deno.test("standardizeAllRows() made wine-leaked.csv", async () => {
  const text = standardizeAllRows(await Deno.readTextFile(join(ROOT, "data/wine.data")));
  assertEquals(await Deno.readTextFile(join(ROOT, LESSONS, "wine-leaked.csv")), text);
  const [, ...rows] = text.trim().split("\n").map((line) => line.split(",").map(Number));
  assertEquals(rows.length, 178);
  for (let column = 1; column < 14; column++) {
    const values = rows.map((row) => row[column]);
    const mean = values.reduce((sum, value) => sum + value, 0) / rows.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows.length;
    assertAlmostEquals(mean, 0, 1e-6);
    assertAlmostEquals(variance, 1, 1e-5);
  }
});
