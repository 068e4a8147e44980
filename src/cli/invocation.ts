import type { Options } from "./options.ts";

/** A command as a user calls it. */
export interface Invocation {
  /** As typed: the command's name and what follows it. */
  readonly words: readonly string[];
  /** As many as the command's row names, or more where one stands for several. */
  readonly operands: readonly string[];
  readonly options: Options;
}

/**
 * Does a command's work and returns its exit code. The signal aborts with an `Interruption` when
 * the user wants the program to end.
 */
export type CommandFunction = (invocation: Invocation, signal: AbortSignal) => Promise<number>;
