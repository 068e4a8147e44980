import { type Problem, UserError } from "../user_error.ts";

/** Problems described in full; the others are counted. */
const MOST_DESCRIBED = 20;

/** The problems of one file: the first ones, and how many there are. */
export class ProblemList {
  readonly #file: string;
  readonly #described: Problem[] = [];
  #count = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** `describe` is called for the first problems only: a file may have millions. */
  add(describe: () => Problem): void {
    this.#count++;
    if (this.#described.length < MOST_DESCRIBED) this.#described.push(describe());
  }

  /** @throws {UserError} If there is any problem. */
  throwIfAny(): void {
    if (this.#count === 0) return;
    const more = this.#count - this.#described.length;
    const message = `And ${more} more ${more === 1 ? "problem" : "problems"}`;
    const rest = more > 0 ? [{ message, place: { file: this.#file } }] : [];
    throw new UserError([...this.#described, ...rest]);
  }
}
