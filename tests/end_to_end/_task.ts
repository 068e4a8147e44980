import { fileURLToPath } from "node:url";
import { join } from "node:path";

/** The project's folder, where tasks are run. */
export const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

const { tasks } = JSON.parse(await Deno.readTextFile(join(PROJECT, "deno.json")));

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A task's command as deno.json defines it, permissions included, with more arguments. */
export function taskCommand(name: string, args: readonly string[]): string[] {
  const [program, ...words] = tasks[name].command.split(" ");
  if (program !== "deno") throw new Error(`task ${name} does not run deno`);
  return [Deno.execPath(), ...words, ...args];
}

/** Starts a task. */
export function startTask(name: string, args: readonly string[]): Deno.ChildProcess {
  const [program, ...words] = taskCommand(name, args);
  return new Deno.Command(program, {
    args: words,
    cwd: PROJECT,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Waits for a task to end. */
export async function finish(task: Deno.ChildProcess): Promise<Finished> {
  const { code, stdout, stderr } = await task.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** Runs a task to its end. */
export async function runTask(name: string, ...args: string[]): Promise<Finished> {
  return await finish(startTask(name, args));
}
