import type { Kernels } from "../../../kernels/kernels.ts";
import type { KeptBytes } from "../../kept_bytes.ts";
import type { Arena } from "../arena.ts";
import type { MlpConfig } from "../mlp_config.ts";
import type { Rows } from "../rows.ts";

/** What changes the training rows of a step before they are trained on. */
export interface RowChange {
  /** Seeds its stream of random numbers, which is its own: it changes no other draws. */
  initialize(seed: number | string): void;
  /** The rows, changed; valid until the next call. Those that it takes stay as they are. */
  apply(rows: Rows): Rows;
  /** What lives from step to step. */
  kept(): KeptBytes[];
}

/** The sizes that changes of rows are laid out for. */
export interface StepShape {
  /** Rows of a step. */
  readonly rows: number;
  /** All training rows. */
  readonly trainRows: number;
  readonly features: number;
  /** 1 if the target is a quantity. */
  readonly classes: number;
  /** Whether rows have factors. */
  readonly isWeighted: boolean;
}

/**
 * Reserves the regions of a run's change of rows; undefined if the config turns it off. The arena
 * allocates them before `initialize()`.
 */
export type CreateRowChange = (
  kernels: Kernels,
  arena: Arena,
  config: MlpConfig,
  shape: StepShape,
) => RowChange | undefined;
