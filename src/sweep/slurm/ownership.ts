import { systemReason } from "../../files/system_reason.ts";
import type { Submission } from "./submission.ts";

/**
 * The submissions whose jobs this process cancels when it is stopped: its own, and those that other
 * processes have left behind. For the jobs of live processes it only waits.
 */
export class Ownership {
  readonly #id = crypto.randomUUID();
  readonly #user: number | null;
  /** In milliseconds. */
  readonly #silence: number;
  readonly #owned = new Set<Submission>();

  constructor(user: number | null, silence: number) {
    this.#user = user;
    this.#silence = silence;
  }

  get submissions(): Submission[] {
    return [...this.#owned];
  }

  async take(submission: Submission): Promise<void> {
    await submission.giveTo(this.#id);
    this.#owned.add(submission);
  }

  /** Shows that this process is alive, and takes submissions whose process is not. */
  async review(submissions: Iterable<Submission>): Promise<void> {
    for (const submission of submissions) {
      if (submission.user !== this.#user) continue;
      const owner = await submission.owner();
      if (owner?.id === this.#id) await keep(submission);
      else if (!owner || Date.now() - owner.heard > this.#silence) await this.take(submission);
      else this.#owned.delete(submission);
    }
  }

  /** Leaves all of them to the next process that takes them. */
  async release(): Promise<void> {
    for (const submission of this.#owned) await submission.giveUp();
    this.#owned.clear();
  }
}

/** Shows that this process is alive; that it fails once does no harm. */
async function keep(submission: Submission): Promise<void> {
  try {
    await submission.keep();
  } catch (error) {
    if (systemReason(error) === undefined) throw error;
  }
}
