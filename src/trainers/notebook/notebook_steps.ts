import type { KeptBytes } from "../kept_bytes.ts";
import type { Evaluation, TestResult } from "../run_result.ts";
import type { NotebookRows } from "./_draw_notebook_rows.ts";
import type { Matrix } from "./_matrix.ts";

/** The notebook's parameters, and the data that they were trained on. */
export interface NotebookRun extends NotebookRows {
  /** (inputs, 128). */
  readonly wxh0: Matrix;
  /** (128, 128). */
  readonly whh1: Matrix;
  /** (128, classes). */
  readonly why: Matrix;
  readonly b0: number;
  readonly b1: number;
}

/** The notebook before one of its steps. */
export interface NotebookSteps {
  /**
   * Takes step `ck`. If it is shown, prints its line, and returns the line's measures, unrounded;
   * losses are as the notebook defines them.
   */
  take(ck: number, isShown: boolean): Evaluation | undefined;
  /** The model as it is now. */
  run(): NotebookRun;
  /** Replaces the model. */
  load(model: Pick<NotebookRun, "wxh0" | "whh1" | "why" | "b0" | "b1">): void;
  /**
   * Scores the model on the test rows.
   *
   * @param measures Keys of requested measures besides loss and accuracy.
   */
  score(measures: readonly string[]): Omit<TestResult, "units"> | undefined;
  /** What lives from step to step; the biases stay what the seed makes them. */
  kept(): KeptBytes[];
  /** Whether the generator's state is a possible one; once overwritten, it may not be. */
  readonly hasValidState: boolean;
}
