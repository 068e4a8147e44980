import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { sha256 } from "../../src/sha256.ts";
import { pathsIn } from "../_paths_in.ts";
import { assertSameFiles } from "../end_to_end/_assert_same_files.ts";
import { finish, type Finished, type TaskOptions } from "../end_to_end/_task.ts";
import { readCsvFiles, readManifestIn, Workspace } from "../end_to_end/_workspace.ts";
import { killIfRunning, startSweep, whenOrEnded } from "./_processes.ts";

/** Some 20 ms per run, so that there is a middle to be disturbed in. */
export const EXPERIMENT = `
fixed: { hidden: [32, 32], steps: 600, evaluate_every: 100 }
grid: { l1_penalty: [0, 0.001, 0.01] }
seeds: 6
`;

/** What a sweep comes to that nothing disturbs. */
export interface Undisturbed {
  readonly reports: string;
  /** The CSV files by name. */
  readonly texts: Readonly<Record<string, string>>;
  /** The runs. */
  readonly keys: ReadonlySet<string>;
  readonly seconds: number;
  readonly pages: Pages;
}

/** What a sweep's files take on a disk. */
export interface Pages {
  /** Records of runs. */
  readonly records: number;
  /** Scores on the test rows. */
  readonly scores: number;
  /** The whole store: records, scores, and models beside them. */
  readonly store: number;
  readonly csvFiles: number;
}

export const PAGE_BYTES = 4096;

/** What came of a fault. */
export interface Recovery {
  /** Runs whose records were whole after the fault, and are not after the recovery. */
  readonly lost: number;
  /** Runs that were trained though they had been finished. */
  readonly computedTwice: number;
}

/** A small experiment in a folder of its own, to be swept by the real command. */
export class FaultBench {
  readonly workspace: Workspace;
  /** The experiment. */
  readonly file: string;
  readonly reports: string;
  /** Runs whose records the fault itself has damaged, of which the user is to be told. */
  readonly damaged = new Set<string>();
  /** Trainings, told of by the sweeps so far, of runs that had been finished. */
  computedTwice = 0;
  readonly undisturbed: Undisturbed;

  private constructor(workspace: Workspace, file: string, undisturbed: Undisturbed) {
    this.workspace = workspace;
    this.file = file;
    this.reports = workspace.path("out");
    this.undisturbed = undisturbed;
  }

  /** Does work on a new bench and removes it afterwards. */
  static async use(
    undisturbed: Undisturbed,
    work: (bench: FaultBench) => Promise<void>,
  ): Promise<void> {
    await Workspace.use(async (workspace) => {
      await work(new FaultBench(workspace, await workspace.experiment(EXPERIMENT), undisturbed));
    });
  }

  /** Sweeps an experiment of the workspace without any fault, in a reports folder of its own. */
  static async sweepUndisturbed(workspace: Workspace, file: string): Promise<Undisturbed> {
    const reports = await Deno.makeTempDir({ dir: workspace.folder });
    const started = performance.now();
    const finished = await finish(startSweep([file, "--reports", reports]));
    const seconds = (performance.now() - started) / 1000;
    const { known } = countsOf(finished);
    assertEquals(known, 0);
    const results = join(reports, experimentName(file));
    const texts = await readCsvFiles(results);
    const scores = pagesIn(join(reports, "store", "test"), ".json");
    const pages = {
      records: pagesIn(join(reports, "store"), ".json") - scores,
      scores,
      store: pagesIn(join(reports, "store")),
      csvFiles: pagesIn(results, ".csv"),
    };
    return { reports, texts, keys: keysIn(texts), seconds, pages };
  }

  /** The folder of the results. */
  get results(): string {
    return this.resultsOf(experimentName(this.file));
  }

  /** The folder of another experiment's results. */
  resultsOf(experiment: string): string {
    return join(this.reports, experiment);
  }

  /** Starts the command. */
  start(options?: TaskOptions, ...args: string[]): Deno.ChildProcess {
    return startSweep([this.file, "--reports", this.reports, ...args], options);
  }

  async run(options?: TaskOptions, ...args: string[]): Promise<Finished> {
    return await finish(this.start(options, ...args));
  }

  /** Takes the reports folder of the undisturbed sweep for what the command has left. */
  async copyUndisturbed(): Promise<void> {
    const args = ["-r", this.undisturbed.reports, this.reports];
    const { success } = await new Deno.Command("cp", { args }).output();
    assert(success);
  }

  /** Runs the command, to be ended when it has so many records. */
  async runUntil(records: number, options?: TaskOptions): Promise<void> {
    const task = this.start(options);
    await whenOrEnded(task, async () => (await this.records()).size >= records);
    killIfRunning(task, "SIGKILL");
    await finish(task);
  }

  /** The bytes of the records in the store, by key; without some, which may be files of gigabytes. */
  async records(without: ReadonlySet<string> = new Set()): Promise<Map<string, Uint8Array>> {
    const records = new Map<string, Uint8Array>();
    const store = join(this.reports, "store");
    for (const folder of namesIn(store).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
      for (const name of namesIn(join(store, folder)).filter((name) => name.endsWith(".json"))) {
        const key = folder + name.slice(0, -".json".length);
        const path = join(store, folder, name);
        if (without.has(key) || !(await Deno.lstat(path)).isFile) continue;
        records.set(key, await Deno.readFile(path));
      }
    }
    return records;
  }

  recordPath(key: string): string {
    return join(this.reports, "store", key.slice(0, 2), `${key.slice(2)}.json`);
  }

  /** Runs the same command again, to the end of an undisturbed sweep. */
  async recover(): Promise<Recovery> {
    const { keys, texts } = this.undisturbed;
    const before = await this.records(this.damaged);
    const recovered = await this.run();
    const { trained, known } = countsOf(recovered);
    assertEquals(trained + known, keys.size);
    for (const key of this.damaged) {
      assertStringIncludes(recovered.stderr, `Cannot use record ${this.recordPath(key)}: `);
    }
    const finished = [...before.keys()].filter((key) => keys.has(key)).length;
    const after = await this.records();
    const lost = [...before].filter(([key, bytes]) => !areEqual(bytes, after.get(key))).length;

    assertSameFiles(await readCsvFiles(this.results), texts);
    await assertManifestFits(this.results);
    assertEquals(claimsIn(this.reports), []);
    return { lost, computedTwice: this.computedTwice + trained - (keys.size - finished) };
  }
}

/** How many runs a sweep says that it trained and knew; it must have ended well. */
export function countsOf({ code, stdout, stderr }: Finished): { trained: number; known: number } {
  assertEquals(code, 0, stderr);
  assertNoTrace(stderr);
  const [, trained, known] = stdout.match(/ (\d+) trained, (\d+) reused/) ?? [];
  assertStringIncludes(stdout, " trained, ");
  return { trained: Number(trained), known: Number(known) };
}

/** Checks that a user is told in words. */
export function assertNoTrace(stderr: string): void {
  assert(!/^ +at /m.test(stderr), stderr);
}

/** How often a user is told that no more models and states are kept. */
export function countNotKeptMessages(stderr: string): number {
  return stderr.match(/^Cannot write to models and checkpoints in /gm)?.length ?? 0;
}

export function keysIn({ "runs.csv": runs }: Readonly<Record<string, string>>): Set<string> {
  return new Set(runs.trimEnd().split("\n").slice(1).map((line) => line.slice(0, 64)));
}

function experimentName(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1, -".yaml".length);
}

function namesIn(folder: string): string[] {
  try {
    return Array.from(Deno.readDirSync(folder), ({ name }) => name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return [];
  }
}

function pagesIn(folder: string, ending = ""): number {
  const pages = pathsIn(folder, ending).map((path) => {
    return Math.ceil(Deno.statSync(path).size / PAGE_BYTES);
  });
  return pages.reduce((sum, count) => sum + count, 0);
}

function areEqual(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return a.length === b?.length && a.every((byte, index) => byte === b[index]);
}

/** Checks that a folder's files have the checksums in its manifest. */
export async function assertManifestFits(folder: string): Promise<void> {
  const { files } = await readManifestIn(folder);
  for (const [name, checksum] of Object.entries(files)) {
    assertEquals(await sha256(await Deno.readFile(join(folder, name))), checksum, name);
  }
}

/** Claims that nobody has released. */
function claimsIn(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder)).flatMap(({ name, isDirectory }) =>
    isDirectory ? claimsIn(join(folder, name)) : name.endsWith(".claim") ? [name] : []
  );
}
