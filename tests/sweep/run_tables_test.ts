import { assertEquals, assertRejects } from "@std/assert";
import { curveRows } from "../../src/results/curves_csv.ts";
import { histogramRows } from "../../src/results/histograms_csv.ts";
import { resultColumns } from "../../src/results/result_columns.ts";
import { tableTexts } from "../../src/results/result_files.ts";
import type { RunOutcome } from "../../src/results/run_outcome.ts";
import { RunSummaries } from "../../src/results/run_summaries.ts";
import { runRows } from "../../src/results/runs_csv.ts";
import { sha256 } from "../../src/sha256.ts";
import { outcomeOf } from "../../src/sweep/outcome_of.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { RunTables } from "../../src/sweep/run_tables.ts";
import { UserError } from "../../src/user_error.ts";
import { runResult } from "./_run_result.ts";
import { type SmallExperiment, withSmallExperiment } from "./_small_experiment.ts";

/** Outcomes of some thousand runs, some of which failed or diverged. */
function outcomesOf({ experiment, dataset }: SmallExperiment): RunOutcome[] {
  return planRuns(experiment, dataset).runs.map((run, index) => {
    if (index % 97 === 5) return outcomeOf(run, { failure: 'it failed, "so"' });
    const result = runResult(run.task.seed, (index % 89) / 89);
    const isDiverged = index % 101 === 7;
    const histograms = [{ minimum: -1, maximum: -0, counts: Array(16).fill(index) }];
    const whole = { ...result, histograms, digest: run.key };
    return outcomeOf(run, { result: isDiverged ? { ...whole, status: "diverged" } : whole });
  });
}

const MANY = { penalties: "{ linear: [0, 1], count: 650 }" };

Deno.test("RunTables writes what tableTexts() gives, from results that are read in batches", () =>
  withSmallExperiment(async (small) => {
    const { experiment, reports } = small;
    const outcomes = outcomesOf(small);
    const columns = resultColumns(experiment, { outcomes });
    const texts = tableTexts({
      runs: runRows(experiment, outcomes),
      curves: curveRows(experiment, outcomes),
      histograms: histogramRows(outcomes),
    }, columns);
    const summaries = new RunSummaries();
    const short = outcomes.map(({ result, ...outcome }) => {
      return result ? { ...outcome, result: summaries.add(result) } : outcome;
    });
    const resultOf = new Map(outcomes.map(({ key, result }) => [key, result]));
    let most = 0;
    const resultsOf = (keys: readonly string[]) => {
      most = Math.max(most, keys.length);
      return Promise.resolve(keys.map((key) => resultOf.get(key)));
    };
    await Deno.mkdir(reports);
    for (const [given, rows] of [[outcomes, 1], [short, 2]] as const) {
      const seen = { runs: 0, curves: 0 };
      using tables = await RunTables.write(experiment, given, {
        ...{ columns, folder: reports, resultsOf },
        onRows: ({ runs, curves }) => {
          seen.runs += runs.length;
          seen.curves += curves.length;
        },
      });
      // Nothing has its name yet, or what an earlier writer left has it still.
      assertEquals(namesIn(reports, ".csv").length, rows === 1 ? 0 : 3);
      tables.name();
      assertEquals(seen, { runs: 1300, curves: texts["curves.csv"].split("\n").length - 2 });
      for (const [name, text] of Object.entries(texts)) {
        assertEquals(await Deno.readTextFile(`${reports}/${name}`), text, name);
        assertEquals(tables.checksums[name], await sha256(text));
      }
    }
    assertEquals(namesIn(reports, ".tmp"), []);
    assertEquals(most <= 500, true);
  }, MANY));

Deno.test("RunTables leaves nothing behind where a record has gone", () =>
  withSmallExperiment(async (small) => {
    const { experiment, reports } = small;
    const outcomes = outcomesOf(small);
    const summaries = new RunSummaries();
    const short = outcomes.flatMap(({ result, ...outcome }) =>
      result ? [{ ...outcome, result: summaries.add(result) }] : []
    );
    await Deno.mkdir(reports);
    const columns = resultColumns(experiment, { outcomes });
    const resultsOf = (keys: readonly string[]) => Promise.resolve(keys.map(() => undefined));
    await assertRejects(
      () => RunTables.write(experiment, short, { columns, folder: reports, resultsOf }),
      UserError,
      `the record of run ${short[0].key} is gone`,
    );
    assertEquals([...Deno.readDirSync(reports)], []);
  }));

Deno.test("RunTables writes tables without lines where there are no runs", () =>
  withSmallExperiment(async ({ experiment, reports }) => {
    await Deno.mkdir(reports);
    const columns = resultColumns(experiment);
    using tables = await RunTables.write(experiment, [], { columns, folder: reports });
    tables.name();
    const texts = tableTexts({ runs: [], curves: [], histograms: [] }, columns);
    for (const [name, text] of Object.entries(texts)) {
      assertEquals(await Deno.readTextFile(`${reports}/${name}`), text);
    }
  }));

function namesIn(folder: string, ending: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) =>
    name.endsWith(ending)
  );
}
