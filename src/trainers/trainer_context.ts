import type { Dataset } from "../dataset/dataset.ts";
import { loadKernelsModule } from "../kernels/load_kernels.ts";
import type { TrainerContext, TrainerName } from "./trainer.ts";
import { trainersNamed } from "./trainer_named.ts";

/**
 * The context for some trainers, with kernels if any of them uses kernels.
 *
 * @throws {UserError} If there is no trainer with one of the names.
 */
export async function trainerContext(
  names: Iterable<TrainerName>,
  dataset: Dataset,
): Promise<TrainerContext> {
  const usesKernels = trainersNamed(names).some(({ usesKernels }) => usesKernels);
  return usesKernels ? { dataset, kernels: await loadKernelsModule() } : { dataset };
}
