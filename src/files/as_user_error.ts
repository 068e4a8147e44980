import { UserError } from "../user_error.ts";
import { systemReason } from "./system_reason.ts";

/**
 * The error to throw for one that a file gave: a `UserError` that says what cannot be done and why,
 * or the error itself if it is a bug.
 *
 * @param what Such as `Cannot read a.csv`.
 * @param exitCode As in `UserError`.
 */
export function asUserError(error: unknown, what: string, exitCode?: 1 | 2): unknown {
  const reason = systemReason(error);
  return reason === undefined ? error : new UserError(`${what}: ${reason}`, exitCode);
}
