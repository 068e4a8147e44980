import type { Answer } from "../../results/answer.ts";
import type { Manifest, WhyUnfinished } from "../../results/manifest.ts";
import type { LivePage } from "../live_note.ts";

/** A sweep's folder, as the index lists it. */
export interface IndexEntry {
  /** The folder's name. */
  readonly folder: string;
  readonly name: string;
  /** The experiment's question; empty if it has none. */
  readonly question: string;
  readonly tags: readonly string[];
  /** With line breaks; empty if there are none. */
  readonly notes: string;
  readonly answer: Answer;
  /** Runs that there are, and that the sweep has when it is complete. */
  readonly runs: number;
  readonly planned: number;
  /** How many of the runs that there are failed. */
  readonly failed: number;
  readonly state: NonNullable<Manifest["state"]>;
  /** Present if it is unfinished. */
  readonly why?: WhyUnfinished;
  /** When the sweep began: ISO 8601 in UTC; absent if its runs were imported. */
  readonly started?: string;
  /** Present if the sweep was running when its files were written. */
  readonly live?: LivePage;
  /** Whether the folder has a report. */
  readonly hasReport: boolean;
}

/** A folder that no sweep's results could be read from, and why. */
export interface UnreadableFolder {
  readonly folder: string;
  readonly reason: string;
}

/** What a folder of sweeps' folders has, each in the order in which the index lists it. */
export interface IndexContent {
  readonly entries: readonly IndexEntry[];
  readonly unreadable: readonly UnreadableFolder[];
}
