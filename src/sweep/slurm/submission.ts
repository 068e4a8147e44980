import { join } from "node:path";
import { asUserError } from "../../files/as_user_error.ts";
import { factsOf, touch } from "../../files/facts.ts";
import { makeFolder, namesIn } from "../../files/folders.ts";
import { readText } from "../../files/read_file.ts";
import { SIZE_LIMITS } from "../../files/size_limits.ts";
import { removeIfThere, writeFileAtomically } from "../../files/write_file.ts";
import type { PlannedRun } from "../planned_run.ts";
import { type ChunkFile, fromChunkFile, toChunkFile } from "./chunk_file.ts";
import {
  CHUNK_KEYS_SCHEMA,
  parseJson,
  SUBMISSION_SCHEMA,
  type SubmissionManifest,
  TASK_REPORT_SCHEMA,
} from "./submission_files.ts";
import type { TaskReport } from "./task_report.ts";

/** Writing a file is mostly waiting for the disk. */
const CONCURRENT_WRITES = 8;

/**
 * Why a submission is over: its runs are done, its process was stopped, or a user has cancelled it,
 * which applies to every process that waits for it.
 */
export type Closure = "finished" | "stopped" | "cancelled";

export interface NewSubmission {
  readonly manifest: SubmissionManifest;
  readonly chunks: readonly (readonly PlannedRun[])[];
  /** Given the submission's folder. */
  readonly script: (folder: string) => string;
}

/**
 * A list of chunks that was made before anything was submitted: chunk N is `chunks/N.json`, what its
 * task said last is `tasks/N.json`. All of it lies in one folder, beside the sweep's results.
 */
export class Submission {
  readonly folder: string;
  readonly manifest: SubmissionManifest;
  /** Number of the user whose jobs they are; null where the system has none. */
  readonly user: number | null;
  /** By this machine's clock, in milliseconds. */
  readonly created: number;

  private constructor(folder: string, manifest: SubmissionManifest, { uid, mtime }: Deno.FileInfo) {
    this.folder = folder;
    this.manifest = manifest;
    this.user = uid;
    this.created = Number(mtime);
  }

  /**
   * Writes a submission into a folder of its own in `parent`.
   *
   * @throws {UserError} If it cannot be written; the exit code is 1.
   */
  static async create(
    parent: string,
    { manifest, chunks, script }: NewSubmission,
  ): Promise<Submission> {
    const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const folder = join(parent, `${time}-${crypto.randomUUID().slice(0, 8)}`);
    try {
      for (const name of ["chunks", "tasks", "logs"]) {
        await makeFolder(join(folder, name));
      }
    } catch (error) {
      throw asUserError(error, `Cannot make the folder ${folder}`, 1);
    }
    const left = chunks.entries();
    const writeOn = async () => {
      for (const [number, runs] of left) {
        await writeFileAtomically(chunkPath(folder, number), JSON.stringify(toChunkFile(runs)));
      }
    };
    await Promise.all(Array.from({ length: CONCURRENT_WRITES }, writeOn));
    await writeFileAtomically(join(folder, "task.sh"), script(folder));
    // Last: what has a manifest is whole.
    const path = join(folder, "manifest.json");
    await writeFileAtomically(path, JSON.stringify(manifest, null, 2) + "\n");
    return new Submission(folder, manifest, await factsOf(path));
  }

  /** Reads a submission's manifest; undefined if there is none, or not yet. */
  static async open(folder: string): Promise<Submission | undefined> {
    const path = join(folder, "manifest.json");
    const text = await textIfThere(path);
    if (text === undefined) return undefined;
    const manifest = parseJson(text, SUBMISSION_SCHEMA, path);
    return new Submission(folder, manifest, await factsOf(path));
  }

  /** The submissions in a folder that are not over, the oldest first. */
  static async list(parent: string): Promise<Submission[]> {
    const submissions: Submission[] = [];
    for (const name of (await namesIn(parent)).sort()) {
      const submission = await Submission.open(join(parent, name));
      if (submission && await submission.closure() === undefined) submissions.push(submission);
    }
    return submissions;
  }

  /** Where its tasks' script is. */
  get script(): string {
    return join(this.folder, "task.sh");
  }

  async readChunk(number: number): Promise<PlannedRun[]> {
    return fromChunkFile(await this.#chunkFile(number));
  }

  /** The keys of a chunk's runs. */
  async readKeys(number: number): Promise<string[]> {
    const path = chunkPath(this.folder, number);
    return parseJson(await read(path), CHUNK_KEYS_SCHEMA, path).runs.map(([key]) => key);
  }

  /** The last report of a chunk's task; undefined if none has started. */
  async readReport(chunk: number): Promise<TaskReport | undefined> {
    const path = reportPath(this.folder, chunk);
    const text = await textIfThere(path);
    return text === undefined ? undefined : parseJson(text, TASK_REPORT_SCHEMA, path);
  }

  /** The last reports of all tasks, by chunk. */
  async readReports(): Promise<TaskReport[]> {
    const chunks = (await namesIn(join(this.folder, "tasks")))
      .flatMap((name) => name.match(/^(\d+)\.json$/)?.[1] ?? []).map(Number);
    const reports = await Promise.all(
      chunks.sort((a, b) => a - b).map((chunk) => this.readReport(chunk)),
    );
    return reports.flatMap((report) => report ?? []);
  }

  async writeReport(report: TaskReport): Promise<void> {
    const text = JSON.stringify(report, null, 2) + "\n";
    await writeFileAtomically(reportPath(this.folder, report.chunk), text);
  }

  /** Declares it over, for all processes that wait for it or will. */
  async close(reason: Closure): Promise<void> {
    await writeFileAtomically(join(this.folder, "closed"), reason);
  }

  /** Why it is over, if it is. */
  async closure(): Promise<Closure | undefined> {
    return await textIfThere(join(this.folder, "closed")) as Closure | undefined;
  }

  /** Makes the process with this id the one that cancels the jobs when it stops. */
  async giveTo(owner: string): Promise<void> {
    await writeFileAtomically(join(this.folder, "owner"), owner);
  }

  /** Leaves the jobs to the next process that takes them. */
  giveUp(): void {
    removeIfThere(join(this.folder, "owner"));
  }

  /** Says that its owner is still there. */
  async keep(): Promise<void> {
    await touch(join(this.folder, "owner"));
  }

  /** Its owner, if it has one, and when that was last heard of. */
  async owner(): Promise<{ id: string; heard: number } | undefined> {
    const path = join(this.folder, "owner");
    return await unlessMissing(async () => {
      return { id: await read(path), heard: Number((await factsOf(path)).mtime) };
    });
  }

  async #chunkFile(number: number): Promise<ChunkFile> {
    return JSON.parse(await read(chunkPath(this.folder, number)));
  }
}

function chunkPath(folder: string, number: number): string {
  return join(folder, "chunks", `${number}.json`);
}

function reportPath(folder: string, chunk: number): string {
  return join(folder, "tasks", `${chunk}.json`);
}

async function textIfThere(path: string): Promise<string | undefined> {
  return await unlessMissing(() => read(path));
}

async function read(path: string): Promise<string> {
  try {
    return await readText(path, { maxBytes: SIZE_LIMITS.result });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw error;
    throw asUserError(error, `Cannot read ${path}`, 1);
  }
}

async function unlessMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
