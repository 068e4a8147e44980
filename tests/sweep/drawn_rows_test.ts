import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { redrawReport } from "../../src/report/redraw_report.ts";
import type { ReportInput } from "../../src/report/report_input.ts";
import { RunSummaries } from "../../src/results/run_summaries.ts";
import { outcomeOf } from "../../src/sweep/outcome_of.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { Progress } from "../../src/sweep/progress.ts";
import { writeResults } from "../../src/sweep/write_results.ts";
import type { RunResult } from "../../src/trainers/run_result.ts";
import { UserError } from "../../src/user_error.ts";
import { runResult } from "./_run_result.ts";
import { type SmallExperiment, withSmallExperiment } from "./_small_experiment.ts";

const CELLS = 70;

/** A result with a curve, unless the run is of one of the worst cells, and with weights. */
function resultOf(cell: number, seed: number): RunResult {
  const accuracy = 0.9 - 0.01 * ((cell * 7) % CELLS) + 0.001 * seed;
  const { evaluations: [last], ...result } = runResult(seed, accuracy);
  const first = { step: 0, measures: { ...last.measures, "validation_accuracy": 0.1 } };
  const counts = Array.from({ length: 16 }, (_, bin) => 1 + (bin * (cell + 1)) % 5);
  return {
    ...result,
    // Every fifth cell has no line, so that the cells with lines and those with weights differ.
    evaluations: cell % 5 === 2 ? [last] : [first, last],
    histograms: [{ minimum: -1 - cell / 10, maximum: 1, counts }],
    digest: `${cell}`.padStart(62, "0") + `${seed}`.padStart(2, "0"),
  };
}

/** Writes results that are read again from a store; returns what the report is made from. */
async function write(
  { experiment, dataset }: SmallExperiment,
  { folder, mostRows }: { readonly folder: string; readonly mostRows?: number },
  lost?: string,
): Promise<{ input: ReportInput; read: number }> {
  await Deno.mkdir(folder, { recursive: true });
  const { runs } = planRuns(experiment, dataset);
  const results = new Map(
    runs.map(({ key, cell, task }) => [key, resultOf(cell.index, task.seed)]),
  );
  const summaries = new RunSummaries();
  const outcomes = runs.map((run) => {
    const result = resultOf(run.cell.index, run.task.seed);
    return { ...outcomeOf(run, { result }), result: summaries.add(result) };
  });
  const score = { measures: { loss: 1, accuracy: 0.5 }, confusion: [4, 0, 0, 4], units: [] };
  let read = 0;
  const input = await writeResults({
    ...{ experiment, dataset, outcomes, seconds: 1, workers: 1 },
    tests: new Map(outcomes.map(({ key }) => [key, score])),
    ...{ progress: new Progress(0), started: new Date(0) },
  }, {
    ...{ folder, mostRows, experimentText: "", signal: new AbortController().signal },
    resultsOf: (keys) => {
      const isAgain = read >= runs.length;
      read += keys.length;
      return Promise.resolve(keys.map((key) => isAgain && lost ? undefined : results.get(key)));
    },
  });
  return { input, read };
}

Deno.test("writeResults() writes the same files from the rows of drawn cells alone", () =>
  withSmallExperiment(async (small) => {
    const [all, few] = [join(small.reports, "all"), join(small.reports, "few")];
    const whole = await write(small, { folder: all });
    const part = await write(small, { folder: few, mostRows: 100 });
    for (const { name } of Deno.readDirSync(all)) {
      const [a, b] = [all, few].map((folder) => Deno.readTextFileSync(join(folder, name)));
      assertEquals(b, a, name);
    }
    assertEquals([whole.read, whole.input.curves.length], [2 * CELLS, 2 * (2 * CELLS - 14)]);
    // The best 40 cells are drawn, and up to 40 with a line.
    const drawn = new Set(part.input.histograms.map(({ run }) => run));
    assert(drawn.size >= 2 * 40 && drawn.size < 2 * 60, `${drawn.size}`);
    assertEquals(part.read, 2 * CELLS + drawn.size);
    // Drawn again from all rows of the files, the report is the same.
    const report = join(few, "report.html");
    const before = await Deno.readTextFile(report);
    await redrawReport(few, { signal: new AbortController().signal });
    assertEquals(await Deno.readTextFile(report), before);
  }, { penalties: `{ linear: [0, 1], count: ${CELLS} }` }));

Deno.test("writeResults() changes nothing if a record is gone when it is read again", () =>
  withSmallExperiment(async (small) => {
    const folder = join(small.reports, "few");
    const error = await assertRejects(
      () => write(small, { folder, mostRows: 100 }, "lost"),
      UserError,
    );
    assertEquals(/the record of run [0-9a-f]{64} is gone/.test(error.message), true);
    assertEquals([...Deno.readDirSync(folder)], []);
  }, { penalties: `{ linear: [0, 1], count: ${CELLS} }` }));
