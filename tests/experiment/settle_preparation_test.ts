import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Dataset } from "../../src/dataset/dataset.ts";
import { parseWritten } from "../../src/experiment/parse_experiment.ts";
import { settleExperiment } from "../../src/experiment/settle_experiment.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { mixedDataset } from "../_mixed_dataset.ts";
import { numericDataset } from "../_numeric_dataset.ts";
import { parseOnDataset } from "../_on_dataset.ts";

const ROWS = 20;
const numbers = Array.from({ length: ROWS }, (_, row) => row);
const TABLE = mixedDataset([
  { name: "age", kind: "number", values: numbers },
  { name: "member", kind: "boolean", values: numbers.map((number) => number % 2) },
]);
const GAPS = mixedDataset([
  { name: "age", kind: "number", values: numbers.map((number) => number % 3 ? number : null) },
]);
const NUMBERS = numericDataset({ rows: ROWS, columns: 16, classes: 2, checksum: "pictures" });
const PICTURES = { ...NUMBERS, facts: { ...NUMBERS.facts, pictureSide: 4 } };

function settle(dataset: Dataset, line = "", trainer = "mlp") {
  const text = `name: e
trainer: ${trainer}
dataset:
  path: d.csv
  target: y${line}
seeds: 1
`;
  return settleExperiment(parseWritten(text, "e.yaml"), dataset);
}

Deno.test("settleExperiment() standardizes each column, but for pictures", () => {
  assertEquals(settle(TABLE).dataset.standardize, "feature");
  assertEquals(settle(PICTURES).dataset.standardize, "global");
  assertEquals(settle(PICTURES, "\n  standardize: robust").dataset.standardize, "robust");
  const text = "name: e\ndataset: { path: d.csv, target: y }\n";
  assertEquals(parseOnDataset(text, "e.yaml").dataset.standardize, "global");
});

Deno.test("settleExperiment() imputes where cells are missing", () => {
  assertEquals(settle(TABLE).dataset.impute, undefined);
  assertEquals(settle(GAPS).dataset.impute, "median");
  assertEquals(settle(GAPS, "\n  impute: zero").dataset.impute, "zero");
});

Deno.test("textToKeep() states what was told of the preparation", () => {
  const kept = (dataset: Dataset, line?: string) => textToKeep(settle(dataset, line), ".");
  assertStringIncludes(kept(PICTURES), "\n  standardize: global\n");
  assertStringIncludes(kept(TABLE), "\n  standardize: feature\n");
  assertStringIncludes(kept(GAPS), "\n  standardize: feature\n  impute: median\n");
  const { dataset } = parseOnDataset(kept(GAPS, "\n  standardize: none"), "e.yaml");
  assertEquals([dataset.standardize, dataset.impute], ["none", "median"]);
  // It takes no such options, and its kept experiment must be one that it takes.
  const own = textToKeep(settle(TABLE, "", "notebook"), ".");
  assertEquals(own.includes("standardize"), false);
});

Deno.test("a run's key says what is imputed where cells are missing, and nothing elsewhere", () => {
  const identityOf = (dataset: Dataset, line?: string) => {
    const [{ identity, task }] = planRuns(settle(dataset, line), dataset).runs;
    assertEquals([task.standardize, task.impute], [identity.standardize, identity.impute]);
    return [identity.standardize, identity.impute, Object.hasOwn(identity, "impute")];
  };
  assertEquals(identityOf(PICTURES), ["global", undefined, false]);
  assertEquals(identityOf(TABLE, "\n  impute: mean"), ["feature", undefined, false]);
  assertEquals(identityOf(GAPS), ["feature", "median", true]);
  assertEquals(identityOf(GAPS, "\n  impute: mean"), ["feature", "mean", true]);
});
