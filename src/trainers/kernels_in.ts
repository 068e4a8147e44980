import type { Kernels, Precision } from "../kernels/kernels.ts";
import { instantiateKernels } from "../kernels/load_kernels.ts";
import { nativeKernels } from "../kernels/native_kernels.ts";
import type { TrainerContext } from "./trainer.ts";

/**
 * Kernels of one precision, with their own memory, native ones where the context has them.
 *
 * @throws {TypeError} If the context has no kernels.
 */
export function kernelsIn({ kernels, native }: TrainerContext, precision: Precision): Kernels {
  if (!kernels) throw new TypeError("Cannot train: this context has no kernels");
  const own = instantiateKernels(kernels, precision);
  return native ? nativeKernels(native, own) : own;
}
