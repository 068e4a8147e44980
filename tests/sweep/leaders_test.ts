import { assertEquals } from "@std/assert";
import { Leaders } from "../../src/sweep/leaders.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import type { Stage, SweepEvent } from "../../src/sweep/sweep_events.ts";
import { runResult } from "./_run_result.ts";
import { type SmallExperiment, withSmallExperiment } from "./_small_experiment.ts";

const LINES = { penalties: "[0, 0.1, 0.2]", seeds: "3" };

/** Tells leaders that a stage began and how its first runs ended, by accuracies; NaN is diverged. */
function play(
  leaders: Leaders,
  { experiment, dataset }: SmallExperiment,
  stage: Stage,
  accuracies: readonly number[],
): void {
  const { runs } = planRuns(experiment, dataset);
  const bySeed = runs.toSorted((a, b) => a.replicate - b.replicate || a.cell.index - b.cell.index);
  const { metric } = experiment;
  const events: SweepEvent[] = [
    { kind: "stage_began", stage, runs, metric, ahead: [] },
    ...accuracies.map((accuracy, place): SweepEvent => {
      const status = Number.isNaN(accuracy) ? "diverged" as const : "completed" as const;
      return {
        ...{ kind: "trained", run: bySeed[place] },
        result: { ...runResult(place, accuracy), status },
      };
    }),
  ];
  for (const event of events) leaders.add(event);
}

function shortly(leaders: Leaders) {
  const { baseline, cells = [], name } = leaders.best(3) ?? {};
  return [baseline?.n, ...cells.map(({ cell, n }) => `${name?.(cell)} ${n}`)];
}

Deno.test("Leaders knows the best cells of the runs that have ended, in words", () =>
  withSmallExperiment((small) => {
    const leaders = new Leaders(small);
    assertEquals(leaders.best(3), undefined);
    play(leaders, small, { kind: "runs" }, [0.5, 0.75, 1, 0.5, 0.75]);
    assertEquals(shortly(leaders), [2, "L2 penalty 0.2 1", "L2 penalty 0.1 2"]);
    return Promise.resolve();
  }, LINES));

Deno.test("Leaders ranks cells with runs that diverged behind the others", () =>
  withSmallExperiment((small) => {
    const leaders = new Leaders(small);
    play(leaders, small, { kind: "runs" }, [0.5, 0.25, 1, 0.5, 0.25, NaN]);
    assertEquals(shortly(leaders), [2, "L2 penalty 0.1 2", "L2 penalty 0.2 1"]);
    return Promise.resolve();
  }, LINES));

Deno.test("Leaders begins again after a rung, when there is something to compare", () =>
  withSmallExperiment((small) => {
    const leaders = new Leaders(small);
    play(leaders, small, { kind: "rung", step: 2 }, [0.5, 0.75, 1]);
    const first = [1, "L2 penalty 0.2 1", "L2 penalty 0.1 1"];
    assertEquals(shortly(leaders), first);
    play(leaders, small, { kind: "runs" }, [0.5]);
    assertEquals(shortly(leaders), first);
    play(leaders, small, { kind: "runs" }, [0.5, 1, 0.75]);
    const second = [1, "L2 penalty 0.1 1", "L2 penalty 0.2 1"];
    assertEquals(shortly(leaders), second);
    // Scores change nothing, and looks add to what there is.
    play(leaders, small, { kind: "scores" }, [0.9, 0.1, 0.1]);
    assertEquals(shortly(leaders), second);
    play(leaders, small, { kind: "look", seeds: 3 }, [0.5, 1, 0.75, 0.5, 1, 0.75]);
    assertEquals(shortly(leaders), [2, "L2 penalty 0.1 2", "L2 penalty 0.2 2"]);
    return Promise.resolve();
  }, LINES));
