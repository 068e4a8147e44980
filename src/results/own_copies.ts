import type { OwnCode } from "../trainers/own_code.ts";
import type { ResultFile } from "./result_files.ts";

/** The folder of all copies, in a sweep's folder. */
export const COPIES_FOLDER = "trainers";

/** The copies of the files of a user's own trainers, in a sweep's folder. */
export const OWN_COPIES = {
  name: `${COPIES_FOLDER}/`,
  holds: "the files of each trainer of your own, in a folder of its name",
  when: "the experiment has trainers of your own",
} as const satisfies ResultFile;

/** A trainer's folder and a file in it, of which no part is `.` or `..`. */
const COPY = /^trainers\/[A-Za-z][\w-]*(\/(?!\.{1,2}(\/|$))[^/\\\0]+)+$/;

/** Where a trainer's copies are, relative to the sweep's folder. */
export function copiesFolder(trainer: string): string {
  return `${COPIES_FOLDER}/${trainer}`;
}

/** The name of a copy among a sweep's files: `trainers/ridge/lib/solve.ts`. */
export function copyName(trainer: string, path: string): string {
  return `${copiesFolder(trainer)}/${path}`;
}

/** The checksums of the copies of own trainers' files, by their names. */
export function copyChecksums(codes: readonly OwnCode[]): Record<string, string> {
  const entries = codes.flatMap(({ name, files }) =>
    files.map(({ path, checksum }): [string, string] => [copyName(name, path), checksum])
  );
  return Object.fromEntries(entries);
}

/** Whether a text can be such a name: it leads out of no folder. */
export function isCopyName(name: string): boolean {
  return COPY.test(name) && name.isWellFormed();
}
