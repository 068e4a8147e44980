import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type TableOptions, tableText } from "../../src/cli/table_text.ts";
import { analysisOf } from "../../src/report/analysis_of.ts";
import type { Manifest } from "../../src/results/manifest.ts";
import { UserError } from "../../src/user_error.ts";
import { sampleInput } from "../report/_sample_input.ts";
import { SAMPLES } from "../report/_samples.ts";
import { tableOfInput } from "../report/table/_table_of.ts";

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
const PLAIN: TableOptions = { format: "text", only: [], descending: false };

Deno.test("tableText() says what its numbers are of, and has every cell", () => {
  const lines = tableText(SWEEP, PLAIN).split("\n");
  assertStringIncludes(lines[0], "Validation accuracy in l1-vs-l2, with differences from");
  assertEquals(lines.length, 3 + SWEEP.table.rows);
});

Deno.test("tableText() keeps the cells that any --only means, and sorts them", () => {
  const names = (options: Partial<TableOptions>) =>
    tableText(SWEEP, { ...PLAIN, format: "csv", columns: "cell", ...options })
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
  const problem = (options: Partial<TableOptions>) => {
    const { problems } = assertThrows(() => tableText(SWEEP, { ...PLAIN, ...options }), UserError);
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
  const text = (format: TableOptions["format"]) =>
    tableText({ ...SWEEP, manifest: UNFINISHED }, { ...PLAIN, format });
  assertStringIncludes(text("markdown"), "Unfinished: 90 of 200 runs had ended");
  assertStringIncludes(text("latex"), "\n% Unfinished: 90 of 200 runs had ended");
  assertEquals(JSON.parse(text("json")).state, "unfinished");
});

Deno.test("tableText() gives JSON with the columns as members", () => {
  const { cells, ...rest } = JSON.parse(
    tableText(SWEEP, { ...PLAIN, format: "json", columns: "name,mean" }),
  );
  assertEquals(rest, {
    schemaVersion: 1,
    command: "table",
    experiment: "l1-vs-l2",
    state: "complete",
    metric: "validation_accuracy",
    better: "larger",
    baseline: "l1_penalty=0",
  });
  assertEquals(Object.keys(cells[0]), ["name", "mean", "ci_low", "ci_high"]);
});
