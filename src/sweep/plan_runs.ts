import type { Dataset } from "../dataset/dataset.ts";
import { splitRows } from "../dataset/split_rows.ts";
import { configWithoutDefaults } from "../experiment/config.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { type RunIdentity, runKey } from "../store/run_key.ts";
import { trainerVersion } from "../train/create_trainer.ts";
import { runFlops, type RunShape } from "../train/run_flops.ts";
import type { PlannedRun } from "./planned_run.ts";

/** An experiment's runs, and what they have in common. */
export interface Plan {
  /** By cell and then by seed: the order of the CSV files. */
  readonly runs: readonly PlannedRun[];
  readonly shape: RunShape;
}

/**
 * Plans an experiment's runs on its dataset.
 *
 * @throws {UserError} If the dataset has too few rows for the experiment's split.
 */
export async function planRuns(experiment: Experiment, dataset: Dataset): Promise<Plan> {
  const { trainer, cells, seeds } = experiment;
  const { target, split, standardize } = experiment.dataset;
  const { train, validation } = splitRows(dataset, split, seeds[0]);
  const shape: RunShape = {
    trainRows: train.length,
    validationRows: validation.length,
    columns: dataset.columns,
    classes: dataset.classes.length,
  };
  const common = {
    trainer,
    version: trainerVersion(trainer),
    dataset: dataset.checksum,
    target,
    standardize,
    split,
  };
  const runs = cells.flatMap((cell) => {
    const config = configWithoutDefaults(trainer, cell.config);
    const flops = runFlops(cell.config, shape);
    return seeds.map(async (seed, replicate): Promise<PlannedRun> => {
      const identity: RunIdentity = { ...common, config, seed };
      const task = { config: cell.config, seed, split, standardize };
      return { key: await runKey(identity), identity, cell, replicate, task, flops };
    });
  });
  return { runs: await Promise.all(runs), shape };
}
