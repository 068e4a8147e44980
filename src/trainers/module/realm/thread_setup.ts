import type { RunningFile } from "./own_places.ts";

/** What every thread of a module begins with. */
export interface ThreadSetup {
  /** Where it gets requests from and sends replies to. */
  readonly port: MessagePort;
  /** The URL of the module. */
  readonly entry: string;
  /** The URL of a module that imports its packages, if it has any. */
  readonly packages?: string;
  /** The module's files. */
  readonly running: readonly RunningFile[];
  /** Whether it may use the engine's own `Math.exp` and its kind. */
  readonly allowsMath: boolean;
}

/** What a thread sends to whoever started it when its heap is full. */
export const HEAP_IS_FULL = "heap is full";
