import { KeyPlaces } from "../../store/key_table.ts";
import type { RunRecord } from "../../store/run_record.ts";
import { hasWanted } from "../known_records.ts";
import type { PlannedRun } from "../planned_run.ts";
import type { QueuedTask } from "./slurm_commands.ts";
import type { Submission } from "./submission.ts";

/** A chunk that a task will train, and what is known of that task. */
export interface PlacedChunk {
  readonly submission: Submission;
  readonly number: number;
  /** How many runs it has. */
  readonly size: number;
  /** How often this launch has had its runs submitted, this time included. */
  readonly attempt: number;
  /** When it was submitted, or its task last seen alive: milliseconds of the launcher's clock. */
  heard: number;
  /** How often since then Slurm answered and did not name its task among the live ones. */
  misses: number;
  /** Its task as Slurm last reported it. */
  task?: QueuedTask;
}

/** What `WaitingRuns` keeps of a chunk. */
interface Placed {
  readonly chunk: PlacedChunk;
  /** Where its runs are in the list of runs. */
  readonly places: Uint32Array;
  /** How many of them wait for it. */
  waiting: number;
}

/** For a run that waits for no chunk. */
const NONE = 0;

/** Runs without an outcome, and the chunk that each waits for: about 20 bytes a run. */
export class WaitingRuns {
  readonly #runs: readonly PlannedRun[];
  readonly #keys: KeyPlaces;
  /** By place: 1 for a run without an outcome. */
  readonly #waits: Uint8Array;
  /** By place: the number of the chunk, counted from 1. */
  readonly #numbers: Uint32Array;
  readonly #placed: Placed[] = [];
  #size = 0;

  constructor(runs: readonly PlannedRun[]) {
    this.#runs = runs;
    this.#keys = new KeyPlaces(runs.length, (place) => runs[place].key);
    this.#waits = new Uint8Array(runs.length).fill(1);
    this.#numbers = new Uint32Array(runs.length);
    this.#size = this.#keys.size;
  }

  get size(): number {
    return this.#size;
  }

  has(key: string): boolean {
    return this.#placeOf(key) !== undefined;
  }

  /** Whether a record says all that is wanted of a run that waits. */
  isMet({ key, result }: RunRecord): boolean {
    const place = this.#placeOf(key);
    return place !== undefined && hasWanted(this.#runs[place], result);
  }

  /** Makes those of a chunk's runs that wait for none, or for one that was given up, wait for it. */
  place(chunk: PlacedChunk, keys: readonly string[]): void {
    const places = Uint32Array.from(keys.flatMap((key) => this.#placeOf(key) ?? []));
    const placed = { chunk, places, waiting: 0 };
    const number = this.#placed.push(placed);
    for (const place of places) {
      if (this.#numbers[place] !== NONE) continue;
      this.#numbers[place] = number;
      placed.waiting++;
    }
  }

  /** Runs that wait for no chunk. */
  unplaced(): PlannedRun[] {
    return this.#runs.filter((_, place) => {
      return this.#waits[place] === 1 && this.#numbers[place] === NONE;
    });
  }

  /** Runs that wait for this chunk. */
  of(chunk: PlacedChunk): PlannedRun[] {
    return Array.from(this.#placesOf(chunk), (place) => this.#runs[place]);
  }

  /** Chunks that some run waits for, in the order in which they were placed. */
  chunks(): Set<PlacedChunk> {
    return new Set(this.#placed.flatMap(({ chunk, waiting }) => waiting > 0 ? [chunk] : []));
  }

  /** Gives a chunk up: its runs wait for none. */
  giveUp(chunk: PlacedChunk): void {
    for (const place of this.#placesOf(chunk)) this.#leaveChunk(place);
  }

  /** Takes out a run that has an outcome; returns undefined if it did not wait. */
  settle(key: string): PlannedRun | undefined {
    const place = this.#placeOf(key);
    if (place === undefined) return undefined;
    this.#waits[place] = 0;
    this.#size--;
    this.#leaveChunk(place);
    return this.#runs[place];
  }

  /** Where a run that waits is in the list. */
  #placeOf(key: string): number | undefined {
    const place = this.#keys.placeOf(key);
    return place !== undefined && this.#waits[place] === 1 ? place : undefined;
  }

  #placesOf(chunk: PlacedChunk): Uint32Array {
    const index = this.#placed.findIndex((placed) => placed.chunk === chunk);
    const { places } = this.#placed[index];
    return places.filter((place) => this.#numbers[place] === index + 1);
  }

  #leaveChunk(place: number): void {
    const number = this.#numbers[place];
    if (number !== NONE) this.#placed[number - 1].waiting--;
    this.#numbers[place] = NONE;
  }
}
