import type { Kernels } from "../../kernels/kernels.ts";
import { copyKept, type KeptCopies, restoreKept } from "../kept_bytes.ts";
import { keptMoments } from "./_batch_norm.ts";
import { MomentSums } from "./_moment_sums.ts";
import type { Stage } from "./_stage.ts";
import type { Panels, Rows } from "./rows.ts";

/**
 * Moments of batch normalization for results whose weights are not the trained ones, which running
 * moments are of: those that each layer's sums have over all training rows with the result's weights.
 *
 * Method: layer after layer, since the inputs of each depend on the moments of those before it. Rows
 * pass as in an evaluation, without dropout, shake-drop and changes of rows: nothing is drawn.
 *
 * Source: Izmailov et al., Averaging weights leads to wider optima and better generalization (2018),
 * section 3.2.
 */
export class ResultMoments {
  readonly #kernels: Kernels;
  readonly #stages: readonly Stage[];
  /** The running moments, while others are in their place. */
  #running: KeptCopies | undefined;

  constructor(kernels: Kernels, stages: readonly Stage[]) {
    this.#kernels = kernels;
    this.#stages = stages;
  }

  /**
   * Replaces the running moments by those of the weights that are now in memory; the next call puts
   * them back.
   *
   * @param chunks All training rows, pass by pass.
   */
  exchange(chunks: readonly Rows[]): void {
    const kept = this.#stages.flatMap(({ norm }, n) => {
      return norm ? keptMoments(this.#kernels, norm, `stage${n}`) : [];
    });
    if (this.#running) {
      restoreKept(kept, this.#running);
      this.#running = undefined;
    } else {
      this.#running = copyKept(kept);
      this.#measure(chunks);
    }
  }

  #measure(chunks: readonly Rows[]): void {
    // The first stage that the passes have not been through, and what it takes.
    let from = 0;
    let inputs: readonly Panels[] = chunks;
    this.#stages.forEach((stage, n) => {
      const { norm } = stage;
      if (!norm) return;
      const sums = new MomentSums(this.#kernels, norm);
      const passed = chunks.map(({ count }, chunk) => {
        const x = this.#stages.slice(from, n).reduce(
          (x, before) => before.forward(x, count, "evaluation"),
          inputs[chunk],
        );
        sums.add(stage.sums(x, count));
        return x;
      });
      sums.write();
      // A stage holds the activations of one pass: of several, each begins again with the rows.
      if (chunks.length === 1) [from, inputs] = [n, passed];
    });
  }
}
