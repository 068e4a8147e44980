import { UserError } from "../user_error.ts";

/** Why a run has no result although whatever trains it works: in words for a user. */
export class RunFailure extends UserError {
  /** Where in a user's own code, call by call; empty if nowhere in particular. */
  readonly trace: string;

  constructor(reason: string, trace = "") {
    super(reason, 1);
    this.trace = trace;
  }
}
