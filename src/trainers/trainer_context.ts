import type { Dataset } from "../dataset/dataset.ts";
import { loadKernelsModule } from "../kernels/load_kernels.ts";
import { loadMathModule } from "../kernels/load_math.ts";
import { programTables } from "./command/program_tables.ts";
import type { Trainer, TrainerContext } from "./trainer.ts";

/** The context for some trainers, with kernels if any of them uses kernels. */
export async function trainerContext(
  trainers: readonly Trainer[],
  dataset: Dataset | undefined,
): Promise<TrainerContext> {
  const own = trainers.flatMap(({ own }) => own ?? []);
  const usesKernels = trainers.some(({ precision }) => precision !== undefined);
  return {
    ...dataset && { dataset },
    ...usesKernels && { kernels: await loadKernelsModule() },
    ...own.some(({ kind }) => kind === "module") && { math: await loadMathModule() },
    ...own.length > 0 && { own },
    ...dataset && own.some(({ kind }) => kind === "program") && {
      tables: programTables(dataset),
    },
  };
}
