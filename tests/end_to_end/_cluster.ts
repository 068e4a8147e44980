import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { type PrivateSlurm, until } from "../slurm/private_slurm.ts";
import { startLiveSweep } from "../faults/_processes.ts";
import { type Finished, messagesIn, startTask, type TaskOptions } from "./_task.ts";
import { countRecords, readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

/** How much faster than on a real cluster the store and Slurm are asked. */
const PACE = "0.05";
/** More than anything here takes, on a machine that is busy with other things. */
const LIMIT_MILLISECONDS = 150_000;

/** An experiment whose runs are over in a moment. */
export const SHORT = `
fixed: { hidden: [8], steps: 30, evaluate_every: 10 }
grid: { l2_penalty: [0, 0.01, 0.1], dropout: [0, 0.3] }
seeds: 3
`;
export const SHORT_RUNS = 18;

/**
 * An experiment of seconds: there is time to do something to a task, even where runs share steps and
 * native kernels train them.
 */
export const LONG = `
fixed: { hidden: [64, 64], evaluate_every: 5000 }
grid: { l1_penalty: [0, 0.001], steps: [20000, 25000] }
seeds: 3
`;
export const LONG_RUNS = 12;

/** What a task says of itself. */
interface Report {
  readonly task: string;
  readonly node: string;
  readonly restarts: number;
  readonly end?: { readonly trained: number; readonly error?: string };
}

type ClusterCommand = "sweep" | "sweep-program" | "status" | "cancel";

/** One test's sweeps of one experiment on the private cluster. */
export class ClusterTest {
  readonly file: string;
  readonly reports: string;
  readonly name: string;
  readonly #slurm: PrivateSlurm;
  readonly #options: TaskOptions;

  private constructor(
    slurm: PrivateSlurm,
    workspace: Workspace,
    name: string,
    file: string,
    options: TaskOptions,
  ) {
    this.#slurm = slurm;
    this.name = name;
    this.file = file;
    this.#options = options;
    this.reports = workspace.path("cluster");
  }

  /**
   * Does work with an experiment of its own name, which its jobs have too.
   *
   * @param options How its commands are run.
   */
  static async use(
    slurm: PrivateSlurm,
    name: string,
    text: string,
    work: (test: ClusterTest, workspace: Workspace) => Promise<void>,
    options: TaskOptions = {},
  ): Promise<void> {
    await Workspace.use(async (workspace) => {
      const file = await workspace.experiment(text, name);
      const test = new ClusterTest(slurm, workspace, name, file, options);
      try {
        await work(test, workspace);
      } finally {
        await test.cancelAll();
      }
    });
  }

  /** Starts one of the commands that have to do with Slurm. */
  start(command: ClusterCommand, args: readonly string[] = [], env = {}): Running {
    const launcher = command.startsWith("sweep") ? ["--launcher", "slurm"] : [];
    const all = [this.file, "--reports", this.reports, ...launcher, ...args];
    const variables = { ...this.#variables, ...env };
    return new Running(startTask(command, all, { ...this.#options, env: variables }));
  }

  /** Starts a sweep that writes what it has all the time, with one run per task. */
  startLive(...sbatchArgs: readonly string[]): Running {
    return new Running(startLiveSweep([this.file, this.reports, ...sbatchArgs], this.#variables));
  }

  /** Runs one of them to its end. */
  async run(command: ClusterCommand, ...args: string[]): Promise<Finished> {
    return await this.start(command, args).finished;
  }

  /** Waits until so many runs of a sweep have a record. */
  async untilRecords(count: number, sweep: Running): Promise<void> {
    await until(`${count} runs are done`, LIMIT_MILLISECONDS, async () => {
      if (sweep.hasEnded) throw new Error((await sweep.finished).stderr);
      return await countRecords(this.reports) >= count;
    });
  }

  /** Waits until some process has taken the only submission. */
  async untilOwned(): Promise<void> {
    const owner = join(this.submissions()[0], "owner");
    await until(
      "it has an owner",
      LIMIT_MILLISECONDS,
      () => Deno.stat(owner).then(() => true, () => false),
    );
  }

  /** The tasks of this experiment that are queued or running: `id state reason`. */
  async queue(): Promise<string[]> {
    return (await this.#slurm.queue()).filter((line) => line.includes(`regsweep-${this.name}-`));
  }

  async untilQueue(what: string, condition: (queue: readonly string[]) => boolean): Promise<void> {
    await until(what, LIMIT_MILLISECONDS, async () => condition(await this.queue()));
  }

  /** Lets held tasks start. */
  async release(): Promise<void> {
    const jobs = new Set((await this.queue()).map((line) => line.split(/[_ ]/)[0]));
    for (const job of jobs) await this.#slurm.ask("scontrol", "release", job);
  }

  /** Folders of the experiment's submissions, the oldest first. */
  submissions(): string[] {
    const folder = join(this.reports, this.name, "slurm");
    return [...Deno.readDirSync(folder)].map(({ name }) => join(folder, name)).sort();
  }

  /** What all tasks of all submissions say of themselves. */
  async taskReports(): Promise<Report[]> {
    const paths = this.submissions().flatMap((folder) =>
      [...Deno.readDirSync(join(folder, "tasks"))]
        .filter(({ name }) => name.endsWith(".json"))
        .map(({ name }) => join(folder, "tasks", name))
    );
    return await Promise.all(paths.map(async (path) => JSON.parse(await Deno.readTextFile(path))));
  }

  /** The text of all tasks' logs. */
  async logs(): Promise<string> {
    const paths = this.submissions().flatMap((folder) =>
      [...Deno.readDirSync(join(folder, "logs"))].map(({ name }) => join(folder, "logs", name))
    );
    return (await Promise.all(paths.map((path) => Deno.readTextFile(path)))).join("");
  }

  /** The node that the experiment's only task runs on. */
  async untilNode(): Promise<string> {
    const running = async () => (await this.taskReports()).find(({ end }) => !end)?.node;
    await until("a task runs", LIMIT_MILLISECONDS, async () => await running() !== undefined);
    return await running() ?? "";
  }

  /** Asserts that the results are what a sweep on one machine gives. */
  async assertResults(expected: Record<string, string>): Promise<void> {
    assertEquals(await readCsvFiles(join(this.reports, this.name)), expected);
  }

  // deno-lint-ignore no-explicit-any
  async manifest(): Promise<any> {
    return await readManifestIn(join(this.reports, this.name));
  }

  get #variables(): Record<string, string> {
    return { ...this.#slurm.environment, REGSWEEP_SLURM_PACE: PACE };
  }

  async cancelAll(): Promise<void> {
    const jobs = new Set((await this.queue().catch(() => [])).map((line) => line.split(/[_ ]/)[0]));
    if (jobs.size > 0) await this.#slurm.ask("scancel", ...jobs);
  }
}

/** A command that runs, for a limited time. */
export class Running {
  /** What it said. */
  readonly finished: Promise<Finished>;
  hasEnded = false;
  #stderr = "";
  readonly #task: Deno.ChildProcess;

  constructor(task: Deno.ChildProcess) {
    this.#task = task;
    this.finished = this.#finish();
  }

  /** Waits until a text is in what it has said on stderr. */
  async untilSays(text: string): Promise<void> {
    await until(`it says ${text}`, LIMIT_MILLISECONDS, () => {
      if (this.hasEnded) assertStringIncludes(this.#stderr, text);
      return this.#stderr.includes(text);
    });
  }

  kill(signal: Deno.Signal): void {
    this.#task.kill(signal);
  }

  async #readStderr(): Promise<void> {
    const stderr = this.#task.stderr.pipeThrough(new TextDecoderStream());
    for await (const text of stderr) this.#stderr += text;
  }

  async #finish(): Promise<Finished> {
    const timer = setTimeout(() => this.kill("SIGKILL"), LIMIT_MILLISECONDS);
    try {
      const [{ code }, stdout] = await Promise.all([
        this.#task.status,
        new Response(this.#task.stdout).text(),
        this.#readStderr(),
      ]);
      return { code, stdout, stderr: messagesIn(this.#stderr) };
    } finally {
      this.hasEnded = true;
      clearTimeout(timer);
    }
  }
}
