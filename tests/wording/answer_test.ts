import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { RunRow } from "../../src/results/run_row.ts";
import { analyze } from "../../src/statistics/analyze.ts";
import { heldOutRows, testRolesOf } from "../../src/statistics/held_out_rows.ts";
import { answer } from "../../src/wording/answer.ts";
import { headline } from "../../src/wording/headline.ts";
import { arbitraryRuns, arbitrarySpreadRuns } from "../statistics/_arbitrary_runs.ts";
import { sampleQuestion } from "../statistics/_sample_question.ts";
import { divergedRun, sampleRuns } from "../statistics/_sample_runs.ts";
import { dropoutManifest } from "./_dropout_manifest.ts";

const SHIFTS = [0, 0.01, -0.01, 0.02, -0.02, 0.01, -0.01, 0];
const NOISE = [3, -1, 0, -2, 1, 2, -3, 0].map((noise) => noise / 1000);

/** Runs of a cell that is so much better than the baseline `0`, with noise times `scale`. */
function cell(name: string, gain: number, scale = 1): RunRow[] {
  const first = Number(name) * 10;
  return sampleRuns(
    name,
    SHIFTS.map((shift, seed) => 0.5 + shift + gain + scale * NOISE[(seed + first) % NOISE.length]),
  );
}

const BASELINE = cell("0", 0, 0);

function answerOf(runs: readonly RunRow[], question: Parameters<typeof sampleQuestion>[0] = {}) {
  return answer(analyze(runs, sampleQuestion(question)), dropoutManifest(runs));
}

/** What it says to do, with which cell, and what limits that. */
function saidOf(...given: Parameters<typeof answerOf>) {
  const { advice, use, limit } = answerOf(...given);
  return [advice, use?.cell, limit.replaceAll("\u00a0", " ")];
}

Deno.test("answer() says to use what is shown to be better", () => {
  const runs = [...BASELINE, ...cell("0.1", 0.001), ...cell("0.5", 0.01)];
  const { advice, use, compared, test, constant } = answerOf(runs);
  assertEquals(advice, "Use dropout 0.5");
  assertEquals([use?.cell, use?.name, use?.n], ["0.5", "dropout 0.5", 8]);
  assertEquals([use?.noun, use?.text], [
    "validation accuracy",
    "51.0% (95% interval 49.8 to 52.2)",
  ]);
  assertEquals([compared?.cell, compared?.verdict, compared?.n], ["0.5", "better", 8]);
  assertEquals(
    compared?.text.replaceAll("\u00a0", " "),
    "+1.00 points (simultaneous 95% interval 0.80 to 1.20, 8 seeds)",
  );
  assertEquals([test, constant], [undefined, undefined]);
});

Deno.test("answer() says to keep the baseline where nothing is shown to beat it", () => {
  const keep = "Keep no regularization: nothing is shown to be better";
  assertEquals(saidOf([...BASELINE, ...cell("0.5", 0.003, 3)]), [
    keep,
    "0",
    "About 18 seeds in total should settle it, if the effect and spread hold.",
  ]);
  assertEquals(saidOf([...BASELINE, ...cell("0.5", 0.001)]), [
    keep,
    "0",
    "Equivalent means that the interval lies within ±0.5 points.",
  ]);
  const best = "Keep no regularization: it has the highest mean";
  assertEquals(saidOf([...BASELINE, ...cell("0.5", -0.01)]).slice(0, 2), [best, "0"]);
  assertEquals(
    answerOf([...BASELINE, ...cell("0.5", -0.01)]).compared?.verdict,
    "worse",
  );
});

Deno.test("answer() does not keep a baseline that nobody chose, or whose runs were lost", () => {
  const first = [...cell("0.1", 0, 0), ...cell("0.5", 0.003, 3)];
  assertEquals(saidOf(first, { baseline: "0.1" }).slice(0, 2), [
    "Use dropout 0.5 for now: it has the highest mean",
    "0.5",
  ]);
  const lost = [...BASELINE.slice(2), divergedRun("0", 1), divergedRun("0", 2)];
  assertEquals(saidOf([...lost, ...cell("0.5", 0.003, 3)]).slice(0, 2), [
    "Use dropout 0.5 for now: it lost fewer runs than the baseline",
    "0.5",
  ]);
});

Deno.test("answer() says what there is where there is nothing to compare", () => {
  assertEquals(saidOf([divergedRun("0", 1), divergedRun("0.5", 1)]), [
    "No setting can be used",
    undefined,
    "A run diverges when its loss becomes infinite or not a number.",
  ]);
  assertEquals(saidOf(BASELINE), [
    "Nothing to choose: there is a single cell",
    "0",
    "All seeds have the same split: on other validation rows, the mean may differ.",
  ]);
  assertEquals(saidOf([divergedRun("0", 1), ...sampleRuns("0.5", [0.5])]), [
    "Use dropout 0.5 for now: it has the highest mean",
    "0.5",
    "There are no two cells with completed runs on the same seeds.",
  ]);
  const same = BASELINE.map((run) => ({ ...run, cell: "0.5", values: { dropout: 0.5 } }));
  assertEquals(saidOf([...BASELINE, ...same]), [
    "Keep no regularization: no other setting has an effect",
    "0",
    "Nothing was compared, because nothing differs.",
  ]);
});

Deno.test("answer() says what limits it most", () => {
  const better = [...BASELINE, ...cell("0.5", 0.01)];
  const split =
    "All seeds have the same split: on other validation rows, cells may rank differently.";
  const limitOf = (...given: Parameters<typeof answerOf>) => saidOf(...given)[2] ?? "";
  assertEquals(limitOf(better), split);
  const drawn = { overlap: 1 / 3, equivalence: 0.001 };
  assertEquals(
    limitOf(better, drawn),
    "It holds for new rows from the same source; other sources can differ.",
  );
  assertEquals(
    limitOf(better, { scope: "this_data" }),
    "It holds for exactly these rows, as the scope this_data asks, and not for new ones.",
  );
  assertEquals(
    limitOf(better, { rows: undefined }),
    "Intervals cover what differs from seed to seed, and nothing else.",
  );
  assertEquals(
    limitOf([...better, ...cell("0.1", 0.001), ...cell("0.2", 0)], drawn),
    "Its mean is the highest of 4, so it flatters the cell: only a little, since it is also the best " +
      "without any one of the seeds.",
  );
  // What is shown to be better need not have the best mean.
  assertEquals(
    limitOf([...BASELINE, ...cell("0.5", 0.02, 20), ...cell("0.1", 0.01)], drawn).split(":")[0],
    "Dropout 0.5 has the highest mean, but is not clearly different from no regularization",
  );
  assertEquals(
    limitOf([...BASELINE, ...cell("0.5", 0.003)]),
    "The difference is within ±0.5 points, which counts as negligible.",
  );
  const lost = [...cell("0", 0, 0).slice(1), divergedRun("0", 1), ...cell("0.5", 0.01).slice(1)];
  assertEquals(
    limitOf([...lost, divergedRun("0.5", 1)]),
    "Of its 8 runs, 1 diverged; its mean leaves it out.",
  );
});

Deno.test("answer() has the score on the test rows, and what it is worth", () => {
  const runs = [...BASELINE, ...cell("0.5", 0.01)];
  const analysis = analyze(runs, sampleQuestion());
  assert(analysis.selection);
  const roles = testRolesOf(analysis.selection, "0");
  const scores = new Map(runs.map(({ run }, index) => [
    run,
    { measures: { loss: 1, accuracy: 0.6 + index / 1000 } },
  ]));
  const dataset = {
    split: { train: 0.6, validation: 0.2, test: 0.2, resplit: false },
    classCounts: [{ name: "no spill", rows: 896 }, { name: "spill", rows: 41 }],
  };
  const { test, constant } = answer(analysis, { ...dropoutManifest(runs), dataset }, {
    test: heldOutRows(runs, roles, { scores, columns: ["loss", "accuracy"] }),
  });
  assertEquals([test?.noun, test?.n, test?.text], [
    "test accuracy",
    8,
    "61.1% (95% interval 60.9 to 61.4)",
  ]);
  assertEquals(
    constant?.text,
    "Always predicting the commonest class, no spill, would get 95.6% of all rows right.",
  );
});

Deno.test("answer() says first what an unfinished sweep lacks", () => {
  const runs = [...BASELINE, ...cell("0.5", 0.01)];
  const { advice, limit } = answer(analyze(runs, sampleQuestion()), {
    ...dropoutManifest(runs),
    unfinished: { planned: 30, why: "budget", budgetSeconds: 60 },
    runs: { total: 16 },
  });
  assertEquals(advice, "So far, use dropout 0.5");
  assert(limit.startsWith("Unfinished: 16 of 30 runs"), limit);
});

Deno.test("answer() never contradicts the headline", () => {
  const seen = new Set<string>();
  const settings = fc.record({
    equivalence: fc.constantFrom(0, 0.005, 0.05),
    overlap: fc.constantFrom(0, 1 / 3),
  });
  fc.assert(
    fc.property(fc.oneof(arbitraryRuns, arbitrarySpreadRuns), settings, (runs, settings) => {
      const analysis = analyze(runs, sampleQuestion(settings));
      const manifest = dropoutManifest(runs);
      const { advice, finding, use, compared, limit } = answer(analysis, manifest);
      const said = headline(analysis, manifest);
      assertEquals(finding, said.finding);
      const isBetter = /is better than/.test(finding);
      assertEquals(compared?.verdict === "better", isBetter, finding);
      assertEquals(/^Use (?!.*for now)/.test(advice), isBetter, advice);
      if (isBetter) assertEquals(use?.cell, compared?.cell);
      if (compared) assert(finding.includes(compared.text), finding);
      if (advice.startsWith("Keep")) assertEquals(use?.cell, "0");
      // A mean that is not there cannot be recommended.
      assertEquals(use === undefined, analysis.selection === undefined);
      assert(limit.length > 0);
      seen.add(advice.split(" ")[0] + (compared?.verdict ?? ""));
    }),
    { numRuns: 500 },
  );
  for (const kind of ["Usebetter", "Keepworse", "Keepequivalent", "Keepundecided"]) {
    assert(seen.has(kind), [...seen].join());
  }
});
