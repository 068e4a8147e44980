import type { Trainer } from "../trainers/trainer.ts";

/** A program that trains runs, as an experiment names it. */
export interface OwnProgram {
  /** The trainer's name. */
  readonly name: string;
  /** What is started for each run, and its arguments. */
  readonly command: readonly string[];
  /** Where it is started, and what `files` are relative to; absolute. */
  readonly folder: string;
  /** The files that make it what it is, with their SHA-256 in hex. */
  readonly files: readonly { readonly path: string; readonly checksum: string }[];
  /** Variables that it gets besides the few that every program gets. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Whether an experiment's programs may be started, with all rights of this process. A function looks at
 * them first, and throws if they may not.
 */
export type StartsPrograms = boolean | ((programs: readonly OwnProgram[]) => Promise<void>);

/** The programs among some trainers. */
export function programsOf(trainers: readonly Trainer[]): OwnProgram[] {
  return trainers.flatMap(({ own }) => {
    if (own?.kind !== "program") return [];
    const { name, command, folder, files, env } = own;
    return [{ name, command, folder, files, env }];
  });
}
