/**
 * Why the operating system, or Deno's permissions, refused an operation on a file: `no space left
 * on device`; `undefined` for any other error, which is a bug rather than a user's mistake.
 */
export function systemReason(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const reason = error instanceof Deno.errors.NotCapable
    ? error.message
    : error.message.match(/^(.*?) \(os error \d+\)/)?.[1];
  return reason && reason.charAt(0).toLowerCase() + reason.slice(1);
}
