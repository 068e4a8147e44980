import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { analysisOf } from "../../../src/report/analysis_of.ts";
import { type TableChoice, tableRows, tableText } from "../../../src/report/table/table_text.ts";
import type { Manifest } from "../../../src/results/manifest.ts";
import { UserError } from "../../../src/user_error.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { tableOfInput } from "./_table_of.ts";

const input = sampleInput(SAMPLES.l1VsL2);
const SWEEP = {
  table: tableOfInput(input),
  manifest: input.manifest,
  analysis: analysisOf(input),
};
const UNFINISHED: Manifest = {
  ...input.manifest,
  state: "unfinished",
  unfinished: { planned: 200, why: "budget", budgetSeconds: 60 },
};

Deno.test("tableText() says what its numbers are of, and has every cell", () => {
  const lines = tableText(SWEEP, "text").split("\n");
  assertStringIncludes(lines[0], "Validation accuracy in l1-vs-l2, with differences from");
  assertEquals(lines.length, 3 + SWEEP.table.rows);
});

Deno.test("tableText() keeps the cells that any --only means, and sorts them", () => {
  const names = (options: TableChoice) =>
    tableText(SWEEP, "csv", { columns: "cell", ...options })
      .trimEnd().split("\n").slice(1);
  const only = ["l2_penalty>0.005", "l1_penalty=0"];
  assertEquals(names({ only, sort: "l2_penalty" }), [
    "l1_penalty=0",
    "l2_penalty=0.01",
    "l2_penalty=0.1",
  ]);
  assertEquals(names({ only, sort: "l2_penalty", descending: true })[0], "l2_penalty=0.1");
  assertEquals(names({ descending: true }), names({}).toReversed());
});

Deno.test("tableText() refuses what --only and --sort do not find", () => {
  const problem = (options: TableChoice) => {
    const { problems } = assertThrows(() => tableText(SWEEP, "text", options), UserError);
    return [problems[0].message, problems[0].hint];
  };
  assertEquals(problem({ only: ["l2_penalti>0.1"] }), [
    'Cannot use --only l2_penalti>0.1: there is no column "l2_penalti"',
    'did you mean "l2_penalty"?',
  ]);
  assertEquals(
    problem({ only: ["l2_penalty>1"] })[0],
    "Cannot use --only l2_penalty>1: no cell matches",
  );
  assertEquals(problem({ sort: "men" }), ['Unknown column "men"', 'did you mean "mean"?']);
});

Deno.test("tableText() says of an unfinished sweep that it is", () => {
  const text = (format: "markdown" | "latex") =>
    tableText({ ...SWEEP, manifest: UNFINISHED }, format);
  assertStringIncludes(text("markdown"), "Unfinished: 90 of 200 runs had ended");
  assertStringIncludes(text("latex"), "\n% Unfinished: 90 of 200 runs had ended");
});

Deno.test("tableRows() gives the columns as members", () => {
  const [best] = tableRows(SWEEP.table, { columns: "name,mean" });
  assertEquals(Object.keys(best), ["name", "mean", "ci_low", "ci_high"]);
});
