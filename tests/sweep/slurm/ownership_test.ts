import { assertEquals } from "@std/assert";
import { AwakeClock } from "../../../src/awake_clock.ts";
import { Ownership } from "../../../src/sweep/slurm/ownership.ts";
import type { Submission } from "../../../src/sweep/slurm/submission.ts";

const USER = 1000;
const SILENCE = 300_000;

/** A submission that another process owns, heard of so many milliseconds ago. */
function owned(age: number) {
  const owner = { id: "another", heard: Date.now() - age };
  const submission = {
    user: USER,
    owner: () => Promise.resolve({ ...owner }),
    giveTo: (id: string) => {
      owner.id = id;
      return Promise.resolve();
    },
    keep: () => Promise.resolve(),
  };
  return { owner, submission: submission as unknown as Submission };
}

function observer() {
  const time = { now: 0 };
  const clock = new AwakeClock(() => time.now);
  return { time, clock, ownership: new Ownership(USER, SILENCE, clock) };
}

Deno.test("Ownership takes over from a process that had been silent for long before", async () => {
  const { clock, ownership } = observer();
  using _ = clock;
  const { owner, submission } = owned(SILENCE + 1000);
  await ownership.review([submission]);
  assertEquals([ownership.submissions, owner.id !== "another"], [[submission], true]);
});

Deno.test("Ownership leaves what a live process owns, after both were suspended", async () => {
  const { time, clock, ownership } = observer();
  using _ = clock;
  const { owner, submission } = owned(10_000);
  await ownership.review([submission]);
  // A night, in which neither process gave any sign of life.
  const night = 8 * 3600 * 1000;
  const { now } = Date;
  Date.now = () => now() + night;
  try {
    time.now += night;
    await ownership.review([submission]);
  } finally {
    Date.now = now;
  }
  assertEquals([ownership.submissions, owner.id], [[], "another"]);
});

Deno.test("Ownership takes over from a process that falls silent", async () => {
  const { time, clock, ownership } = observer();
  using _ = clock;
  const { submission } = owned(10_000);
  await ownership.review([submission]);
  const goOn = async (milliseconds: number) => {
    for (let gone = 0; gone < milliseconds; gone += 200) {
      time.now += 200;
      await ownership.review([submission]);
    }
  };
  // Real time counts until the first sight: a minute is left for that.
  await goOn(SILENCE - 70_000);
  assertEquals(ownership.submissions, []);
  await goOn(60_200);
  assertEquals(ownership.submissions, [submission]);
});
