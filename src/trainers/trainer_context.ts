import type { Dataset } from "../dataset/dataset.ts";
import { loadKernelsModule } from "../kernels/load_kernels.ts";
import type { TrainerContext, TrainerName } from "./trainer.ts";
import { trainersNamed } from "./trainer_named.ts";

/**
 * The context of some trainers, with kernels if one of them uses them.
 *
 * @throws {UserError} If there is no trainer of one of the names.
 */
export async function trainerContext(
  names: Iterable<TrainerName>,
  dataset: Dataset,
): Promise<TrainerContext> {
  const usesKernels = trainersNamed(names).some(({ usesKernels }) => usesKernels);
  return usesKernels ? { dataset, kernels: await loadKernelsModule() } : { dataset };
}
