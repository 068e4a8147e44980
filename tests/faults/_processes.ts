import { join } from "node:path";
import { PROJECT, startTask, type TaskOptions } from "../end_to_end/_task.ts";

/** Longer than any sweep here takes, on a machine however busy. */
const LONGEST_MILLISECONDS = 5 * 60 * 1000;

/** Starts a sweep, which is killed if it hangs. */
export function startSweep(args: readonly string[], options?: TaskOptions): Deno.ChildProcess {
  const task = startTask("sweep", args, options);
  const timer = setTimeout(() => killIfRunning(task, "SIGKILL"), LONGEST_MILLISECONDS);
  task.status.finally(() => clearTimeout(timer));
  return task;
}

/** Starts `_live_sweep.ts`. */
export function startLiveSweep(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Deno.ChildProcess {
  const script = join(PROJECT, "tests/faults/_live_sweep.ts");
  const config = `--config=${join(PROJECT, "tests/deno.json")}`;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "--allow-all", config, script, ...args],
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Waits until a condition holds or the process has ended, looking every two milliseconds. */
export async function whenOrEnded(
  task: Deno.ChildProcess,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  let hasEnded = false;
  task.status.then(() => hasEnded = true);
  while (!hasEnded && !await condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Sends a signal, unless the process has ended. */
export function killIfRunning(task: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    task.kill(signal);
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof Deno.errors.NotFound)) throw error;
  }
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
