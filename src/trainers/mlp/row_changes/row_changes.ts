import type { Kernels } from "../../../kernels/kernels.ts";
import type { KeptBytes } from "../../kept_bytes.ts";
import type { Arena } from "../arena.ts";
import type { MlpConfig } from "../mlp_config.ts";
import type { Rows } from "../rows.ts";
import { cutmix } from "./cutmix.ts";
import { cutout } from "./cutout.ts";
import { inputNoise } from "./input_noise.ts";
import { mixup } from "./mixup.ts";
import type { CreateRowChange, RowChange, StepShape } from "./row_change.ts";

/** Every change of rows; they act in this order, each on what the one before it gives. */
const CHANGES: readonly CreateRowChange[] = [cutout, cutmix, mixup, inputNoise];

/** All changes of a run's training rows. */
export class RowChanges implements RowChange {
  readonly #changes: readonly RowChange[];

  constructor(kernels: Kernels, arena: Arena, config: MlpConfig, shape: StepShape) {
    this.#changes = CHANGES.flatMap((create) => create(kernels, arena, config, shape) ?? []);
  }

  /** Whether rows are trained on as they are. */
  get isEmpty(): boolean {
    return this.#changes.length === 0;
  }

  initialize(seed: number | string): void {
    for (const change of this.#changes) change.initialize(seed);
  }

  apply(rows: Rows): Rows {
    return this.#changes.reduce((changed, change) => change.apply(changed), rows);
  }

  kept(): KeptBytes[] {
    return this.#changes.flatMap((change) => change.kept());
  }
}
