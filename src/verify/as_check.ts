import { UserError } from "../user_error.ts";

/** Reads a part of a folder of results: if it is invalid, that is a failed check, with exit code 1. */
export function asCheck<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UserError ? new UserError(error.problems, 1) : error;
  }
}
