import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, where tasks are run. */
export const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

const { tasks } = JSON.parse(await Deno.readTextFile(join(PROJECT, "deno.json")));

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  /** Without what `messagesIn()` leaves out. */
  readonly stderr: string;
}

/** How a task is run, where it is not as usual. */
export interface TaskOptions {
  /** The folder of another copy of the project. */
  readonly project?: string;
  /** Where it is run from, if not in the project's folder. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly v8Flags?: readonly string[];
  /** A file that says which modules stand for others. */
  readonly importMap?: string;
  /** A command that starts the one that follows it. */
  readonly launcher?: readonly string[];
}

/** A task's command as deno.json defines it, permissions included, with more arguments. */
export function taskCommand(
  name: string,
  args: readonly string[],
  { project = PROJECT, cwd, v8Flags = [], importMap, launcher = [] }: TaskOptions = {},
): string[] {
  const from = cwd ?? project;
  const [program, run, ...words] = tasks[name].command.split(" ")
    .map((word: string) => word.replace('"$INIT_CWD"', from));
  if (program !== "deno" || run !== "run") throw new Error(`task ${name} does not run deno`);
  const flags = v8Flags.length > 0 ? [`--v8-flags=${v8Flags.join()}`] : [];
  if (importMap !== undefined) flags.push(`--import-map=${importMap}`);
  const absolute = words.map((word: string) => {
    if (word.endsWith(".ts")) return join(project, word);
    return word.replace("=src/", `=${join(project, "src/")}`);
  });
  return [...launcher, Deno.execPath(), run, ...flags, ...absolute, ...args];
}

/** Starts a task. */
export function startTask(
  name: string,
  args: readonly string[],
  options: TaskOptions = {},
): Deno.ChildProcess {
  const [program, ...words] = taskCommand(name, args, options);
  return new Deno.Command(program, {
    args: words,
    cwd: options.cwd ?? options.project ?? PROJECT,
    env: { NO_COLOR: "1", ...options.env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Waits for a task to end. */
export async function finish(task: Deno.ChildProcess): Promise<Finished> {
  const { code, stdout, stderr } = await task.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: messagesIn(text(stderr)) };
}

/**
 * What a command says on standard error, whatever else the machine does: without the progress of what
 * takes longer than a few seconds, and without Deno's line that it waits for another process of Deno.
 */
export function messagesIn(stderr: string): string {
  return stderr.replaceAll("Blocking waiting for file lock on node_modules directory\n", "")
    .replace(/^[\d,]+ of (at most )?[\d,]+ (test score|(\d+-step )?run)s?(, .*)?\n/gm, "")
    .replace(/^best so far: .*\n/gm, "");
}

/** Runs a task to its end. */
export async function runTask(name: string, ...args: string[]): Promise<Finished> {
  return await finish(startTask(name, args));
}
