import { FileError } from "./file_error.ts";

/**
 * Checks that something on disk is a regular file of at most `maxBytes`.
 *
 * A device can have no end, and opening one can have side effects; a pipe blocks whoever opens it.
 *
 * @throws {FileError} If it is not.
 */
export function checkFacts(facts: Deno.FileInfo, maxBytes: number): void {
  if (!facts.isFile) throw new FileError(`it is ${kindOf(facts)}, not a file`);
  if (facts.size > maxBytes) throw tooLarge(maxBytes);
}

/** What something on disk is, in words: `a folder`. */
export function kindOf(facts: Deno.FileInfo): string {
  if (facts.isFile) return "a file";
  if (facts.isDirectory) return "a folder";
  if (facts.isSymlink) return "a symbolic link";
  if (facts.isFifo) return "a pipe";
  if (facts.isSocket) return "a socket";
  return "a device";
}

export function tooLarge(maxBytes: number): FileError {
  return new FileError(`it is larger than ${formatBytes(maxBytes)}`);
}

/** Bytes in the largest binary unit that leaves at least one: `128 KiB`, `512 MiB`. */
function formatBytes(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`;
}
