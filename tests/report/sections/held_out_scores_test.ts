import { assertEquals, assertStringIncludes } from "@std/assert";
import { heldOutScores } from "../../../src/report/sections/held_out_scores.ts";
import type { HeldOutRow, TestRole } from "../../../src/results/held_out_row.ts";
import type { RunRow } from "../../../src/results/run_row.ts";
import { analyze } from "../../../src/statistics/analyze.ts";
import { sampleQuestion } from "../../statistics/_sample_question.ts";
import { sampleRuns } from "../../statistics/_sample_runs.ts";
import { textOf } from "./_text_of.ts";

const ANALYSIS = analyze([], sampleQuestion());
const SPLIT = { train: 0.6, validation: 0.2, test: 0.2, resplit: true };
const MANIFEST = { dataset: { split: SPLIT } };

function rows(
  cell: string,
  roles: readonly TestRole[],
  accuracies: readonly number[],
): HeldOutRow[] {
  return accuracies.map((accuracy, seed) => ({
    run: `${cell}/${seed}`,
    cell,
    roles,
    seed,
    status: "completed",
    measures: { loss: 1 - accuracy, accuracy },
  }));
}

/** The texts of the table's fields, line by line. */
function fieldsIn(page: string): string[][] {
  return page.split("<tbody>")[1].split("</tr>").slice(0, -1).map((line) =>
    [...line.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, field]) =>
      field.replace(/<[^>]+>/g, "")
    )
  );
}

Deno.test("heldOutScores() lists the selected cell, the simplest and the baseline", () => {
  const test = [
    ...rows("a", ["baseline"], [0.96, 0.97]),
    ...rows("b<i>", ["simplest"], [0.97]),
    ...rows("c", ["best"], [0.98, 1]),
    ...rows("d", ["simplest"], [0.5, 0.5]),
  ];
  const text = textOf(heldOutScores({ test, manifest: MANIFEST }, ANALYSIS));
  assertEquals(fieldsIn(text), [
    ["c best", "99.00", "86.29 to 100.00 (cut off)", "+2.50", "−3.85 to 8.85", "0.0100", "2"],
    ["b&lt;i&gt; simplest", "97.00", "–", "+1.00", "–", "0.0300", "1"],
    ["d simplest", "50.00", "–", "−46.5", "−52.9 to −40.1", "0.5000", "2"],
    ["a baseline", "96.50", "90.15 to 100.00 (cut off)", "–", "–", "0.0350", "2"],
  ]);
  assertStringIncludes(text, "on the same 359 test rows, after the cells were chosen");
});

Deno.test("heldOutScores() calls the best cell the simplest only where weights have a size", () => {
  const test = rows("a", ["best", "simplest", "baseline"], [0.96, 0.97]);
  const labelOf = (runs: RunRow[]) => {
    const analysis = analyze(runs, sampleQuestion({ baseline: "a" }));
    return fieldsIn(textOf(heldOutScores({ test, manifest: MANIFEST }, analysis)))[0][0];
  };
  const sized = sampleRuns("a", [0.5, 0.5]);
  assertEquals(labelOf(sized), "a best, simplest, baseline");
  const unsized = sized.map((run) => {
    const { weight_l2: _, ...measures } = run.measures ?? {};
    return { ...run, measures };
  });
  assertEquals(labelOf(unsized), "a best, baseline");
});

Deno.test("heldOutScores() leaves out what nothing was scored for", () => {
  assertEquals(heldOutScores({ test: [], manifest: MANIFEST }, ANALYSIS), []);
  const [row] = rows("a", ["best", "baseline"], [0.5]);
  const lost: HeldOutRow = { ...row, status: "diverged", measures: undefined };
  const text = textOf(heldOutScores({ test: [lost], manifest: MANIFEST }, ANALYSIS));
  assertEquals(fieldsIn(text), [["a best, baseline", "–", "–", "–", "–", "–", "0"]]);
});

Deno.test("heldOutScores() gives the measure of the question intervals, in its own units", () => {
  const scored = (cell: string, roles: readonly TestRole[], errors: readonly number[]) =>
    rows(cell, roles, errors).map((row, seed) => {
      return { ...row, measures: { loss: 0.25, rmse: errors[seed], r2: 1 - errors[seed] / 1e5 } };
    });
  const test = [
    ...scored("a", ["best"], [54300, 54100]),
    ...scored("b", ["baseline"], [56300, 56200]),
  ];
  const analysis = analyze([], sampleQuestion({ metric: "validation_rmse" }));
  const text = textOf(heldOutScores({ test, manifest: MANIFEST }, analysis));
  const headings = [...text.matchAll(/<th scope="col">(.*?)<\/th>/g)].map(([, heading]) => heading);
  assertEquals(headings, [
    ...["Cell", "Test RMSE (lower is better)", "95% interval", "Difference", "95% interval"],
    ...["Test loss", "Test R²", "Seeds"],
  ]);
  assertEquals(fieldsIn(text), [
    ["a best", "54,200", "52,929 to 55,471", "−2,050", "−2,685 to −1,415", "0.2500", "0.4580", "2"],
    ["b baseline", "56,250", "55,615 to 56,885", "–", "–", "0.2500", "0.4375", "2"],
  ]);
  assertEquals(text.includes("accuracy"), false);
});

Deno.test("heldOutScores() compares accuracies with always predicting the commonest class", () => {
  const test = rows("a", ["best", "baseline"], [0.96, 0.97]);
  const classCounts = [{ name: "no <spill>", rows: 896 }, { name: "spill", rows: 41 }];
  const manifest = { dataset: { split: SPLIT, classCounts } };
  const footOf = (input: Parameters<typeof heldOutScores>[0]) => {
    const text = textOf(heldOutScores(input, ANALYSIS));
    return fieldsIn(text.replace("<tfoot>", "<tbody>").replace(/<tbody>[^]*<\/tbody>/, "")).flat();
  };
  assertEquals(footOf({ test, manifest }), [
    "Always no &lt;spill&gt; for comparison",
    ...["95.62", "–", "–", "–", "–", "–"],
  ]);
  // The test rows' own share is known from what they are predicted as.
  const confusion = [
    { run: "a/0", seed: 0, actual: "no <spill>", predicted: "no <spill>", count: 99 },
    { run: "a/0", seed: 0, actual: "spill", predicted: "no <spill>", count: 1 },
  ];
  assertEquals(footOf({ test, confusion, manifest })[1], "99.00");
});
