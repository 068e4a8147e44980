import { Submission } from "../sweep/slurm/submission.ts";
import { workChunk as work } from "../sweep/slurm/work_chunk.ts";
import { UserError } from "../user_error.ts";
import type { Invocation } from "./commands.ts";
import { print, printAside } from "./output.ts";

/** Does what a task of a Slurm cluster has to. */
export async function workChunk(
  { operands: [folder, chunk] }: Invocation,
  signal: AbortSignal,
): Promise<number> {
  const submission = await Submission.open(folder);
  if (!submission) throw new UserError(`Cannot find a submission in ${folder}`, 1);
  const { trained, seconds, failures } = await work(submission, Number(chunk), {
    signal,
    onProblem: printAside,
  });
  // For the task's log.
  print(
    `chunk ${chunk}: ${trained} trained, ${failures.length} failed, in ${seconds.toFixed(1)} s`,
  );
  return 0;
}
