import { FileError } from "./file_error.ts";

/** What Deno's permissions are for, in words that follow `Deno does not let this command`. */
const USES: Readonly<Record<string, string>> = {
  read: "read it",
  write: "write it",
  run: "start it",
};

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
  if (error instanceof Deno.errors.NotCapable) return permissionReason(error);
  const reason = error.message.match(/^(.*?) \(os error \d+\)/)?.[1];
  return reason && reason.charAt(0).toLowerCase() + reason.slice(1);
}

/** Deno's own words advise a flag, which users of tasks cannot give. */
function permissionReason({ message }: Error): string {
  const [, permission = ""] = message.match(/^Requires (\w+) access/) ?? [];
  // A task may read and write every file but these.
  if (permission === "all") {
    return "Deno lets no command use this system file; use another path";
  }
  const use = USES[permission] ?? `use ${permission || "it"}`;
  return `Deno does not let this command ${use}; the tasks in deno.json have the permissions they need`;
}
