import type { FaultBench } from "./_fault_bench.ts";

/** Something that goes wrong with a sweep, or several things at once. */
export interface Fault {
  readonly name: string;
  /** How many things go wrong, if not one. */
  readonly count?: number;
  /**
   * Disturbs a sweep of the bench, and checks what the user is told of it.
   *
   * @throws {TooLateError} If the sweep had ended before it could be disturbed.
   */
  readonly disturb: (bench: FaultBench) => Promise<void>;
  /** Where it is disturbed and recovers, if not on this machine as it is. */
  readonly within?: (bench: FaultBench, work: () => Promise<void>) => Promise<void>;
}

/** Faults of one kind: a row of the table. */
export interface FaultKind {
  readonly kind: string;
  /** What a user sees of it. */
  readonly answer: string;
  readonly faults: readonly Fault[];
  /** Why they cannot be tried on this machine, if so. */
  readonly obstacle?: string;
}

/** Another sweep is to be disturbed. */
export class TooLateError extends Error {
  override readonly name = "TooLateError";
}
