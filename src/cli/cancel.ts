import { readExperiment } from "../experiment/read_experiment.ts";
import { countOf } from "../format_number.ts";
import { cancelSweep } from "../sweep/slurm/cancel_jobs.ts";
import { sweepFolders } from "../sweep/sweep_folders.ts";
import { documentText } from "./json/document_text.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Cancels the user's jobs of an experiment, whichever process waits for them. */
export async function cancel({ operands: [file], options }: Invocation): Promise<number> {
  const { name } = await readExperiment(file, { name: options.name });
  const jobs = await cancelSweep(sweepFolders(options.reports, name).submissions);
  if (options.json) {
    print(documentText("cancel", { experiment: name, jobs }));
    return 0;
  }
  const what = jobs.length === 0 ? "no job" : `${countOf(jobs.length, "job")}: ${jobs.join(", ")}`;
  if (!options.quiet) print(`${name}: cancelled ${what}`);
  return 0;
}
