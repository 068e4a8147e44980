import { type Problem, UserError } from "../user_error.ts";

/** Problems told in full; the others are counted. */
const MOST_TOLD = 20;

/** The problems of one file: the first ones, and how many there are. */
export class ProblemList {
  readonly #file: string;
  readonly #told: Problem[] = [];
  #count = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** `describe` is called only for a problem that is told: a file may have millions. */
  add(describe: () => Problem): void {
    this.#count++;
    if (this.#told.length < MOST_TOLD) this.#told.push(describe());
  }

  /** @throws {UserError} If there is any problem. */
  throwIfAny(): void {
    if (this.#count === 0) return;
    const more = this.#count - this.#told.length;
    const message = `And ${more} more ${more === 1 ? "problem" : "problems"}`;
    const rest = more > 0 ? [{ message, place: { file: this.#file } }] : [];
    throw new UserError([...this.#told, ...rest]);
  }
}
