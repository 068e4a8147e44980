/** What is known of a process. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Its program's name, at most 15 characters of it. */
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The processes in whose environment a variable has this value: what a test has started. */
export async function processesWith(variable: string, value: string): Promise<Process[]> {
  const found: Process[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    const process = /^\d+$/.test(name) ? await readProcess(Number(name)) : undefined;
    if (process?.environment[variable] === value) found.push(process);
  }
  return found;
}

/** Kills processes that may be gone by now. */
export function kill(pids: Iterable<number>, signal: Deno.Signal = "SIGKILL"): void {
  for (const pid of pids) {
    try {
      Deno.kill(pid, signal);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

async function readProcess(pid: number): Promise<Process | undefined> {
  try {
    const [stat, environ] = await Promise.all([
      Deno.readTextFile(`/proc/${pid}/stat`),
      Deno.readTextFile(`/proc/${pid}/environ`),
    ]);
    const [, name, state, parent] = stat.match(/^\d+ \((.*)\) (\S) (\d+)/s) ?? [];
    if (state === undefined || state === "Z") return undefined;
    const environment = Object.fromEntries(
      environ.split("\0").map((line) => {
        const at = line.indexOf("=");
        return [line.slice(0, at), line.slice(at + 1)];
      }),
    );
    return { pid, parent: Number(parent), name, environment };
  } catch {
    // It has ended, or is another user's.
    return undefined;
  }
}
