import type { Answer } from "../../results/answer.ts";
import type { SweepManifest } from "../../results/manifest.ts";
import type { Analysis } from "../../statistics/analyze.ts";

/** A sweep that is to be cited. */
export interface CitedSweep {
  readonly manifest: SweepManifest;
  /** Empty if nobody is named. */
  readonly authors: readonly string[];
  readonly answer: Answer;
  readonly analysis: Analysis;
}
