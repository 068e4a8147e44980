import { UserError } from "../user_error.ts";

/** Why a run of an own trainer has no result: its own fault, in words for a user. */
export class RunFailure extends UserError {
  constructor(reason: string) {
    super(reason, 1);
  }
}
