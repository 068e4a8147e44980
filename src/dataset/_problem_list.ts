import { type Problem, UserError } from "../user_error.ts";

/** How many problems are shown in full; the others are only counted. */
const MOST_SHOWN = 20;

/** Collects the problems of one file: the first ones in full, and their number. */
export class ProblemList {
  readonly #file: string;
  readonly #shown: Problem[] = [];
  #count = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** Calls `describe` only for problems that are shown, since a file can have millions. */
  add(describe: () => Problem): void {
    this.#count++;
    if (this.#shown.length < MOST_SHOWN) this.#shown.push(describe());
  }

  /** @throws {UserError} If there is any problem. */
  throwIfAny(): void {
    if (this.#count === 0) return;
    const more = this.#count - this.#shown.length;
    const message = `And ${more} more ${more === 1 ? "problem" : "problems"}`;
    const rest = more > 0 ? [{ message, place: { file: this.#file } }] : [];
    throw new UserError([...this.#shown, ...rest]);
  }
}
