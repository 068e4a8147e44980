import { assert, assertEquals, assertObjectMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { parse } from "yaml";
import packageFile from "../deno.json" with { type: "json" };
import { readCommandLine } from "../src/cli/args.ts";
import { COMMANDS } from "../src/cli/commands.ts";
import { OPTIONS } from "../src/cli/options.ts";
import {
  anchorsOf,
  blocksOf,
  commandsOf,
  linksOf,
  matchesOutput,
  readPages,
  resolveLink,
} from "./_markdown.ts";
import { ROOT } from "./_source_files.ts";

const MOST_README_LINES = 220;

/** The sweep that is committed. */
const SAMPLE = join(ROOT, "reports/sample");

const PAGES = await readPages();
const [README] = PAGES;
const DOCS = PAGES.map(({ text }) => text).join("\n");
const TASKS: Record<string, unknown> = packageFile.tasks;

Deno.test(`README.md has at most ${MOST_README_LINES} lines`, () => {
  const lines = README.text.trimEnd().split("\n").length;
  assert(lines <= MOST_README_LINES, `it has ${lines}`);
});

Deno.test("README.md links to every page of docs/", () => {
  const linked = new Set(linksOf(README));
  const pages = PAGES.map(({ path }) => path).filter((path) => path.startsWith("docs/"));
  assertEquals(pages.filter((path) => !linked.has(path)), []);
});

Deno.test("the documentation's links lead to files and headings", async () => {
  const broken: string[] = [];
  for (const page of PAGES) {
    for (const target of linksOf(page)) {
      const link = resolveLink(page, target);
      if (!link) continue;
      const linked = PAGES.find(({ path }) => path === link.path);
      const isThere = await Deno.stat(join(ROOT, link.path)).then(() => true, () => false);
      const hasAnchor = link.anchor === undefined || linked && anchorsOf(linked).has(link.anchor);
      if (!isThere || !hasAnchor) broken.push(`${page.path}: ${target}`);
    }
  }
  assertEquals(broken, []);
});

Deno.test("anchorsOf() names headings as GitHub does", () => {
  const text = "# A `b_c` & D, e\n\n## [Link](x.md)\n\n```sh\n# no heading\n```\n\n## A\n## A\n";
  assertEquals([...anchorsOf({ path: "a.md", text })], ["a-b_c--d-e", "link", "a", "a-1"]);
});

Deno.test("matchesOutput() takes … for anything, in a line or for lines", () => {
  assert(matchesOutput("a\nb 1 s\nc\n", "a\nb … s\nc\n"));
  assert(matchesOutput("a\nb\nc\nd\n", "a\n…\nd\n"));
  assert(matchesOutput("a\nb\nc\n", "…\nb\n…\n"));
  assert(matchesOutput("1\u00a0s\n", "1 s\n"));
  assert(!matchesOutput("a\nb\nc\n", "a\nc\n"));
  assert(!matchesOutput("a (b)\n", "a b\n"));
  assert(!matchesOutput("a\nb\n", "a\n"));
});

Deno.test("the documentation's commands are tasks, with options that they take", () => {
  const names = new Set(COMMANDS.map(({ name }) => name));
  const commands = PAGES.flatMap(commandsOf);
  assert(commands.length > 20);
  for (const { place, words } of commands) {
    assert(Object.hasOwn(TASKS, words[0]), `${place}: there is no task ${words[0]}`);
    if (names.has(words[0])) assertEquals(readCommandLine(words).kind, "run", place);
  }
  for (const [, task] of DOCS.matchAll(/deno task (\w[\w-]*)/g)) {
    assert(Object.hasOwn(TASKS, task), `there is no task ${task}`);
  }
});

Deno.test("every command is in README.md, every task and option in the documentation", () => {
  for (const { name, operands } of COMMANDS) {
    const next = operands.length > 0 ? " [A-Z]" : "`";
    assert(new RegExp(`\`(deno task )?${name}${next}`).test(README.text), name);
  }
  for (const task of Object.keys(TASKS)) {
    assert(new RegExp(`\\b${task}\\b`).test(DOCS), `task ${task}`);
  }
  for (const { name } of Object.values(OPTIONS)) assertStringIncludes(DOCS, `--${name}`);
});

Deno.test("docs/experiments.md lists every shipped experiment", () => {
  const page = PAGES.find(({ path }) => path === "docs/experiments.md");
  const linked = new Set(page && linksOf(page));
  const names = [...Deno.readDirSync(join(ROOT, "experiments"))].map(({ name }) => name)
    .filter((name) => name.endsWith(".yaml"));
  assertEquals(names.filter((name) => !linked.has(`../experiments/${name}`)), []);
});

Deno.test("the documentation lists every result file, and every column of the sample's", async () => {
  const explained = PAGES.filter(({ path }) => /results|statistics/.test(path))
    .map(({ text }) => text).join("\n");
  const experiment = parse(await Deno.readTextFile(join(SAMPLE, "experiment.yaml")));
  const swept = new Set(experiment.grid.flatMap(Object.keys));
  for (const { name } of Deno.readDirSync(SAMPLE)) {
    assertStringIncludes(explained, `| ${name} `);
    if (!name.endsWith(".csv")) continue;
    const [header] = (await Deno.readTextFile(join(SAMPLE, name))).split("\n", 1);
    for (const column of header.split(",")) {
      // The tables shorten what repeats itself: count_0 to count_15, mean_steps and so on.
      const isListed = explained.includes(`\`${column}\``) || swept.has(column) ||
        /^count_\d+$/.test(column) || explained.includes(`\`${column.replace(/^mean_/, "")}\``);
      assert(isListed, `${name}: ${column}`);
    }
  }
});

Deno.test("docs/security.md has a test for every line of what could go wrong", async () => {
  const { text } = PAGES.find(({ path }) => path === "docs/security.md") ?? { text: "" };
  const [section] = text.split("\n## What could go wrong\n")[1].split("\n## ");
  const lines = section.split("\n").filter((line) => /^\| (?!somebody …|-)/.test(line));
  assert(lines.length > 20);
  for (const line of lines) {
    const [, path, name] = line.match(/\]\(\.\.\/(tests\/[^)]+)\): (.+?) *\|$/) ?? [];
    assert(name !== undefined, line);
    // At the beginning of a text, the rest of which can be made up.
    const source = await Deno.readTextFile(join(ROOT, path));
    assert(source.includes(`"${name}`) || source.includes(`\`${name}`), `${path} has no: ${name}`);
  }
});

Deno.test("README.md shows experiments/l1-vs-l2.yaml as it is", async () => {
  const file = "experiments/l1-vs-l2.yaml";
  const block = blocksOf(README).find(({ text }) => text.startsWith(`# ${file}`));
  assertObjectMatch(parse(await Deno.readTextFile(join(ROOT, file))), parse(block?.text ?? ""));
});

Deno.test("CI runs README.md's test command", async () => {
  const lines = (await Deno.readTextFile(join(ROOT, ".ci/run"))).trim().split("\n");
  assertStringIncludes(README.text, `\`\`\`sh\n${lines.at(-1)}\n\`\`\``);
});
