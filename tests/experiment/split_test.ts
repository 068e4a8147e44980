import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { parseExperiment, parseWritten } from "../../src/experiment/parse_experiment.ts";
import { settleExperiment } from "../../src/experiment/settle_experiment.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";

/** An experiment whose dataset says this of its split, on a table of classes. */
function settled(split: string, task: "classification" | "regression" = "classification") {
  const text = `name: e\ndataset:\n  path: d.csv\n  target: y\n  split: ${split}\n`;
  return settleExperiment(parseWritten(text, "e.yaml"), { task });
}

function problemsOf(work: () => unknown): string {
  return formatProblems(assertThrows(work, UserError).problems);
}

Deno.test("a split is stratified where there are classes, if not said", () => {
  const { split } = settled("{ resplit: false }").dataset;
  assertEquals(split, {
    train: 0.6,
    validation: 0.2,
    test: 0.2,
    resplit: false,
    stratify: true,
  });
  assertEquals(settled("{}", "regression").dataset.split.stratify, undefined);
});

Deno.test("stratify: false is what the first version did, and absent", () => {
  const { split } = settled("{ stratify: false }").dataset;
  assertEquals(split, { train: 0.6, validation: 0.2, test: 0.2, resplit: true });
  const unsaid = parseExperiment("name: e\ndataset: { path: d.csv, target: y }\n", "e.yaml");
  assertEquals(unsaid.dataset.split, split);
});

Deno.test("stratify needs classes", () => {
  assertEquals(
    problemsOf(() => settled("{ stratify: true }", "regression")),
    `\
e.yaml:5:3: Cannot use stratify: the target is a quantity, which has no classes
  5 |   split: { stratify: true }
    |   ^^^^^`,
  );
});

Deno.test("a trainer that draws rows its own way is never stratified", () => {
  const text = "name: e\ntrainer: notebook\ndataset: { path: d.csv, target: y }\n";
  const { dataset } = settleExperiment(parseWritten(text, "e.yaml"), { task: "classification" });
  assertEquals(dataset.split.stratify, undefined);
});

Deno.test("textToKeep() states that a split is stratified, so that it stays so", () => {
  const kept = textToKeep(settled("{ resplit: false }"), ".");
  assertStringIncludes(kept, "split: { resplit: false, stratify: true }");
  const { dataset } = parseExperiment(kept, "e.yaml");
  assertEquals(dataset.split, settled("{ resplit: false }").dataset.split);
});
