import { systemReason } from "../../system_reason.ts";
import type { Submission } from "./submission.ts";

/**
 * The submissions whose jobs this process cancels when it is stopped: its own, and those that their
 * process has left behind. Others' it only waits for.
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

  /** Says that this process is alive, and takes those that nobody has any more. */
  async review(submissions: Iterable<Submission>): Promise<void> {
    for (const submission of submissions) {
      if (submission.user !== this.#user) continue;
      const owner = await submission.owner();
      if (owner?.id === this.#id) await keep(submission);
      else if (!owner || Date.now() - owner.heard > this.#silence) await this.take(submission);
      else this.#owned.delete(submission);
    }
  }

  /** Leaves all to whoever comes next. */
  async release(): Promise<void> {
    for (const submission of this.#owned) await submission.giveUp();
    this.#owned.clear();
  }
}

/** A sign of life that does not get through does no harm. */
async function keep(submission: Submission): Promise<void> {
  try {
    await submission.keep();
  } catch (error) {
    if (systemReason(error) === undefined) throw error;
  }
}
