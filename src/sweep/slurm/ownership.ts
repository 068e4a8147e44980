import type { AwakeClock } from "../../awake_clock.ts";
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
  readonly #clock: AwakeClock;
  readonly #owned = new Set<Submission>();
  /** The last sign of life of other processes, by their submission, and when it was first seen. */
  readonly #signs = new Map<Submission, { readonly heard: number; readonly seen: number }>();

  /** @param silence Milliseconds without a sign of life after which a process counts as dead. */
  constructor(user: number | null, silence: number, clock: AwakeClock) {
    this.#user = user;
    this.#silence = silence;
    this.#clock = clock;
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
      else if (!owner || this.#isSilent(submission, owner.heard)) await this.take(submission);
      else this.#owned.delete(submission);
    }
  }

  /**
   * Whether the owner of a submission counts as dead.
   *
   * At first sight, that depends on the time of its last sign of life; from then on, on how long
   * there is no other while this process is awake: both may have been suspended.
   */
  #isSilent(submission: Submission, heard: number): boolean {
    const now = this.#clock.milliseconds;
    const last = this.#signs.get(submission);
    const age = last ? 0 : Math.max(0, Date.now() - heard);
    const sign = last?.heard === heard ? last : { heard, seen: now - age };
    this.#signs.set(submission, sign);
    return now - sign.seen > this.#silence;
  }

  /** Leaves all of them to the next process that takes them. */
  release(): void {
    for (const submission of this.#owned) submission.giveUp();
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
