import type { GivenArray } from "../given_array.ts";
import type { Evaluation } from "../run_result.ts";

/** What a run of a program needs. */
export interface ProgramStart {
  /** The name of the trainer that the program is. */
  readonly trainer: string;
  /** What it reads from standard input. */
  readonly input: string;
}

/** What a program says while it runs. */
export interface ProgramListener {
  onEvaluation?(evaluation: Evaluation): void;
  onMessage?(text: string): void;
}

/** How a run of a program ended. */
export type ProgramEnd =
  | {
    readonly kind: "completed";
    /** At least one. */
    readonly evaluations: readonly Evaluation[];
    /** In the order of their names; none if the program gave none. */
    readonly parameters: readonly GivenArray[];
    readonly seconds: number;
  }
  /** `reason` says why, in words for a user. */
  | { readonly kind: "failed"; readonly reason: string };

/** Starts programs: where that is allowed, or by asking the thread where it is. */
export interface ProgramRunner {
  run(start: ProgramStart, listener?: ProgramListener): Promise<ProgramEnd>;
}
