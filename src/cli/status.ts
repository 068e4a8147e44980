import { join } from "node:path";
import { readDataset } from "../dataset/read_dataset.ts";
import { readExperiment } from "../experiment/read_experiment.ts";
import { Store } from "../store/store.ts";
import { planRuns } from "../sweep/plan_runs.ts";
import { SlurmError } from "../sweep/slurm/slurm_commands.ts";
import { Submission, submissionsFolder } from "../sweep/slurm/submission.ts";
import { sweepStatus } from "../sweep/slurm/sweep_status.ts";
import { UserError } from "../user_error.ts";
import type { Invocation } from "./commands.ts";
import { print, printAside } from "./output.ts";
import { statusText } from "./status_text.ts";

/** Tells how an experiment's runs on a cluster are; changes nothing. */
export async function status({ operands: [file], options }: Invocation): Promise<number> {
  const experiment = await readExperiment(file, options);
  const dataset = await readDataset(experiment.dataset.path, experiment.dataset.target);
  const { runs } = planRuns(experiment, dataset);
  const folder = join(options.reports, "store");
  const store = await Store.open(folder, { onProblem: printAside, readOnly: true });
  const submissions = await Submission.list(submissionsFolder(options.reports, experiment.name));
  try {
    const found = await sweepStatus(runs, await store.keys(), submissions);
    print(statusText(experiment.name, runs.length, found));
    return 0;
  } catch (error) {
    if (!(error instanceof SlurmError)) throw error;
    throw new UserError(`Slurm does not answer: ${error.message}`, 1);
  }
}
