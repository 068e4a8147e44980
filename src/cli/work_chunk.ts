import { workChunk as work } from "../sweep/slurm/work_chunk.ts";
import type { Invocation } from "./invocation.ts";
import { print, printAside } from "./output.ts";

/** Does the work of a task of a Slurm cluster. */
export async function workChunk(
  { operands: [folder, chunk], options: { kernels } }: Invocation,
  signal: AbortSignal,
): Promise<number> {
  const options = { kernels, signal, onProblem: printAside, onMessage: printAside };
  const { trained, seconds, failures } = await work(folder, Number(chunk), options);
  // For the task's log.
  print(
    `chunk ${chunk}: ${trained} trained, ${failures.length} failed, in ${seconds.toFixed(1)} s`,
  );
  return 0;
}
