import { instantiateKernels } from "../../kernels/load_kernels.ts";
import { trainMlp } from "./train_mlp.ts";
import type { Trainer, TrainerContext } from "../trainer.ts";

/** Bumped by every change that changes numbers. */
export const MLP_VERSION = 2;

/** The `mlp` trainer: a multilayer perceptron in float32, its kernels and memory kept between runs. */
export function createMlpTrainer({ kernels: module, dataset }: TrainerContext): Trainer {
  const kernels = instantiateKernels(module, "f32");
  return {
    version: MLP_VERSION,
    train: (task, listener) => trainMlp(kernels, dataset, task, listener),
  };
}
