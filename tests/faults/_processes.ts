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
