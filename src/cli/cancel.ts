import { readExperiment } from "../experiment/read_experiment.ts";
import { countOf } from "../format_number.ts";
import { cancelJobs } from "../sweep/slurm/cancel_jobs.ts";
import { SlurmError } from "../sweep/slurm/slurm_commands.ts";
import { Submission, submissionsFolder } from "../sweep/slurm/submission.ts";
import { UserError } from "../user_error.ts";
import type { Invocation } from "./commands.ts";
import { print } from "./output.ts";

/** Cancels the user's jobs of an experiment, whoever waits for them. */
export async function cancel({ operands: [file], options }: Invocation): Promise<number> {
  const { name } = await readExperiment(file);
  const submissions = (await Submission.list(submissionsFolder(options.reports, name)))
    .filter(({ user }) => user === Deno.uid());
  // First, so that nobody takes the jobs for lost and submits them again.
  for (const submission of submissions) await submission.close("cancelled");
  try {
    const jobs = await cancelJobs(submissions);
    const what = jobs.length === 0
      ? "no job"
      : `${countOf(jobs.length, "job")}: ${jobs.join(", ")}`;
    if (!options.quiet) print(`${name}: cancelled ${what}`);
    return 0;
  } catch (error) {
    if (!(error instanceof SlurmError)) throw error;
    throw new UserError(error.message, 1);
  }
}
