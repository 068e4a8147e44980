import type { RunRecord } from "../../store/run_record.ts";
import { hasWanted } from "../known_records.ts";
import type { PlannedRun } from "../planned_run.ts";
import type { QueuedTask } from "./slurm_commands.ts";
import type { Submission } from "./submission.ts";

/** A chunk that a task will train, and what is known of that task. */
export interface PlacedChunk {
  readonly submission: Submission;
  readonly number: number;
  readonly keys: readonly string[];
  /** How often this launch has had its runs submitted, this time included. */
  readonly attempt: number;
  /** When it was submitted, or its task last seen alive: milliseconds of the launcher's clock. */
  heard: number;
  /** How often since then Slurm answered and did not name its task among the live ones. */
  misses: number;
  /** Its task as Slurm last reported it. */
  task?: QueuedTask;
}

/** Runs without an outcome, and the chunk that each waits for. */
export class WaitingRuns {
  readonly #places = new Map<string, { run: PlannedRun; chunk?: PlacedChunk }>();

  constructor(runs: readonly PlannedRun[]) {
    for (const run of runs) this.#places.set(run.key, { run });
  }

  get size(): number {
    return this.#places.size;
  }

  has(key: string): boolean {
    return this.#places.has(key);
  }

  /** Whether a record says all that is wanted of a run that waits. */
  isMet({ key, result }: RunRecord): boolean {
    const run = this.#places.get(key)?.run;
    return run !== undefined && hasWanted(run, result);
  }

  /** Makes those of a chunk's runs that wait for none, or for one that was given up, wait for it. */
  place(chunk: PlacedChunk): void {
    for (const key of chunk.keys) {
      const place = this.#places.get(key);
      if (place) place.chunk ??= chunk;
    }
  }

  /** Runs that wait for no chunk. */
  unplaced(): PlannedRun[] {
    return [...this.#places.values()].flatMap(({ run, chunk }) => chunk ? [] : [run]);
  }

  /** Runs that wait for this chunk. */
  of(chunk: PlacedChunk): PlannedRun[] {
    return chunk.keys.flatMap((key) => {
      const place = this.#places.get(key);
      return place?.chunk === chunk ? [place.run] : [];
    });
  }

  /** Chunks that some run waits for, in the order in which they were placed. */
  chunks(): Set<PlacedChunk> {
    const chunks = new Set<PlacedChunk>();
    for (const { chunk } of this.#places.values()) if (chunk) chunks.add(chunk);
    return chunks;
  }

  /** Gives a chunk up: its runs wait for none. */
  giveUp(chunk: PlacedChunk): void {
    for (const key of chunk.keys) {
      const place = this.#places.get(key);
      if (place?.chunk === chunk) place.chunk = undefined;
    }
  }

  /** Takes out a run that has an outcome; returns undefined if it did not wait. */
  settle(key: string): PlannedRun | undefined {
    const run = this.#places.get(key)?.run;
    this.#places.delete(key);
    return run;
  }
}
