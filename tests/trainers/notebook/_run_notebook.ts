import type { Kernels } from "../../../src/kernels/kernels.ts";
import type { NotebookRun } from "../../../src/trainers/notebook/notebook_steps.ts";
import { type NotebookTask, openNotebook } from "../../../src/trainers/notebook/open_notebook.ts";
import type { Evaluation, TestResult } from "../../../src/trainers/run_result.ts";

/** What a run reports while it is running. */
export interface NotebookListener {
  /** Gets what the notebook prints, line by line. */
  print?(line: string): void;
  onEvaluation?(evaluation: Evaluation): void;
}

/** Runs the notebook from its first step to its last. */
export function runNotebook(
  kernels: Kernels,
  task: NotebookTask,
  { print, onEvaluation }: NotebookListener = {},
): NotebookRun & { test?: Omit<TestResult, "units"> } {
  const { config: { maxSteps, dispPeriod }, measures = [] } = task;
  const notebook = openNotebook(kernels, task, print);
  for (let ck = 0; ck <= maxSteps; ck++) {
    const evaluation = notebook.take(ck, ck % dispPeriod === 0);
    if (evaluation) onEvaluation?.(evaluation);
  }
  return { ...notebook.run(), test: notebook.score(measures) };
}
