import { cancelJobs } from "../api/cluster.ts";
import { countOf } from "../format_number.ts";
import { documentText } from "./json/document_text.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Cancels the user's jobs of an experiment, whichever process waits for them. */
export async function cancel({ operands: [file], options }: Invocation): Promise<number> {
  const { experiment, jobs } = await cancelJobs(file, options);
  if (options.json) {
    print(documentText("cancel", { experiment, jobs: [...jobs] }));
    return 0;
  }
  const what = jobs.length === 0 ? "no job" : `${countOf(jobs.length, "job")}: ${jobs.join(", ")}`;
  if (!options.quiet) print(`${experiment}: cancelled ${what}`);
  return 0;
}
