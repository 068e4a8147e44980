import type { Kernels, Precision } from "../kernels/kernels.ts";
import { instantiateKernels } from "../kernels/load_kernels.ts";
import type { TrainerContext } from "./trainer.ts";

/**
 * Kernels of one precision, with their own memory.
 *
 * @throws {TypeError} If the context has no kernels.
 */
export function kernelsIn({ kernels }: TrainerContext, precision: Precision): Kernels {
  if (!kernels) throw new TypeError("Cannot train: this context has no kernels");
  return instantiateKernels(kernels, precision);
}
