import { hash } from "node:crypto";
import { lookAt } from "../files/facts.ts";
import { FileError } from "../files/file_error.ts";
import { readFile } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { systemReason } from "../files/system_reason.ts";

/** Reads a record's own file; returns the reason if it cannot be read, `undefined` if it is missing. */
export async function recordBytes(
  path: string,
): Promise<Uint8Array<ArrayBuffer> | string | undefined> {
  try {
    return await readFile(path, { maxBytes: SIZE_LIMITS.record });
  } catch (error) {
    if (error instanceof FileError || error instanceof Deno.errors.PermissionDenied) {
      return systemReason(error);
    }
    const isMissing = error instanceof Deno.errors.NotFound;
    if (!isMissing && !(error instanceof Deno.errors.FilesystemLoop)) throw error;
    if (lookAt(path)?.isSymlink) return "it is a symbolic link that leads nowhere";
    if (isMissing) return undefined;
    throw error;
  }
}

/** A checksum of a file's bytes. */
export function sumOf(bytes: Uint8Array): string {
  return hash("sha256", bytes, "base64");
}
