import { FileError } from "./file_error.ts";

/**
 * Why the operating system, Deno's permissions or this folder refused an operation on a file: `no
 * space left on device`; `undefined` for any other error, which is a bug rather than a user's
 * mistake.
 */
export function systemReason(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof FileError) return error.message;
  // Deno asks no system about such a name: none has files with it.
  if (error instanceof TypeError && /contained an unexpected NUL byte/.test(error.message)) {
    return "its name has a NUL byte";
  }
  const reason = error instanceof Deno.errors.NotCapable
    ? error.message
    : error.message.match(/^(.*?) \(os error \d+\)/)?.[1];
  return reason && reason.charAt(0).toLowerCase() + reason.slice(1);
}
