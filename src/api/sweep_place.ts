import type { KernelsChoice } from "../trainers/kernels_choice.ts";

/** The folder of reports where none is given. */
export const REPORTS = "reports";

/** Where and how runs are trained. */
export interface SweepPlace {
  /**
   * The folder of all sweeps' folders and the store, relative to the process's folder; `reports` if not
   * given.
   */
  readonly reports?: string;
  /** How many runs are trained at once; as many as there are cores if not given. */
  readonly workers?: number;
  /** Kernels that train, all of which give the same bits; those of WebAssembly if not given. */
  readonly kernels?: KernelsChoice;
  /** Called with what a user may want to know, in words. */
  readonly onMessage?: (text: string) => void;
}

/** How many runs are trained at once where nobody says. */
export function workersHere(): number {
  return navigator.hardwareConcurrency;
}
