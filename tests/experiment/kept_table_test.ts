import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseDataset } from "../../src/dataset/parse_dataset.ts";
import { readTestFile } from "../../src/dataset/read_dataset.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { parseOnDataset } from "../_on_dataset.ts";
import { openOnDataset } from "../_on_dataset.ts";

/** Rows of every type of column, with gaps, in a file that needs telling. */
const TABLE = [
  "id;size;color;sold;day;__proto__;label",
  ...Array.from({ length: 30 }, (_, row) =>
    [
      row + 1,
      row % 7 === 3 ? "NA" : `${row},5`,
      ["red", "blue", "green"][row % 3],
      ["yes", "no"][row % 2],
      `2024-01-${10 + row % 12}`,
      "x",
      "ab"[row % 5 % 2],
    ].join(";")),
].join("\n");
const TEST = TABLE.split("\n").slice(0, 9).join("\n");

/** The keys of an experiment's runs: as it is swept, swept from what is kept, and verified. */
async function keysOf(dataset: string): Promise<{ keys: string[][]; kept: string }> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/d.csv`, TABLE);
    await Deno.writeTextFile(`${folder}/t.csv`, TEST);
    const text =
      `name: e\ndataset: { path: d.csv, ${dataset} }\ngrid: { l2_penalty: [0, 1] }\nseeds: 2\n`;
    await Deno.writeTextFile(`${folder}/e.yaml`, text);
    const first = await openOnDataset(`${folder}/e.yaml`);
    const kept = textToKeep(first.experiment, `${folder}/reports/e`);
    await Deno.mkdir(`${folder}/reports/e`, { recursive: true });
    const path = `${folder}/reports/e/experiment.yaml`;
    await Deno.writeTextFile(path, kept);
    const again = await openOnDataset(path);
    assertEquals(textToKeep(again.experiment, `${folder}/reports/e`), kept);
    const verified = parseOnDataset(kept, path);
    const bytes = await Deno.readFile(verified.dataset.path);
    const { test } = await readTestFile(verified.dataset);
    const read = await parseDataset(bytes, "d.csv", verified.dataset, { test });
    assertEquals(read.values, first.dataset.values);
    assertEquals(read.sources, first.dataset.sources);
    const plans = [
      planRuns(first.experiment, first.dataset),
      planRuns(again.experiment, again.dataset),
      planRuns(verified, read),
    ];
    return { keys: plans.map(({ runs }) => runs.map(({ key }) => key)), kept };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const DATASETS: readonly [what: string, dataset: string][] = [
  ["everything is told", "target: label"],
  ["the target is a number", "target: -1"],
  ["columns are said", "target: label, columns: { color: drop, day: date }, keep: [id]"],
  [
    "the target is a quantity",
    "target: size, drop_rows: [missing_target], split: { stratify: false }",
  ],
  ["a column says groups", "target: label, split: { group: color, stratify: false }"],
  ["test rows are in another file", "target: label, test: t.csv"],
];

for (const [what, dataset] of DATASETS) {
  Deno.test(`a kept experiment gives the keys of the swept one where ${what}`, async () => {
    const { keys: [swept, again, verified] } = await keysOf(dataset);
    assertEquals(again, swept);
    assertEquals(verified, swept);
  });
}

Deno.test("a kept experiment states what was told of its table", async () => {
  const { kept } = await keysOf("target: -1");
  for (
    const statement of [
      "target: label",
      "separator: semicolon",
      "header: true",
      'decimal: ","',
      "task: classification",
      "id: drop",
      "color: category",
      "sold: boolean",
      "day: drop",
      '"*": number',
      "missing: [ NA ]",
    ]
  ) assertStringIncludes(kept, statement);
});

Deno.test("keys differ where a table is used in another way, and not where that is said or told", async () => {
  const keyOf = async (dataset: string) => (await keysOf(dataset)).keys[0][0];
  const told = await keyOf("target: label");
  assertEquals(await keyOf("target: label, drop: [id], columns: { color: category }"), told);
  assertEquals(await keyOf("target: 7, separator: semicolon, header: true"), told);
  const others = await Promise.all([
    keyOf("target: label, keep: [id]"),
    keyOf("target: label, drop: [color]"),
    keyOf("target: label, drop: [size]"),
    keyOf("target: label, columns: { sold: category }"),
    keyOf("target: label, test: t.csv"),
  ]);
  assert(new Set([told, ...others]).size === 1 + others.length);
});
