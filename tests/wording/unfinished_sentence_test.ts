import { assertEquals } from "@std/assert";
import type { ManifestUnfinished } from "../../src/results/manifest.ts";
import { unfinishedSentence } from "../../src/wording/unfinished_sentence.ts";

const AT = "2026-11-27T14:05:09.123Z";

function sentence(unfinished: ManifestUnfinished, { total = 12, looks }: {
  readonly total?: number;
  readonly looks?: readonly number[];
} = {}) {
  const runs = { total, trained: total, known: 0, diverged: 0, failed: 0 };
  return unfinishedSentence({ unfinished, runs, experiment: { looks } });
}

Deno.test("unfinishedSentence() says how many runs had ended, and why the others are missing", () => {
  const rest = "Means and verdicts can change with the others.";
  assertEquals(
    sentence({ planned: 24, why: "budget", budgetSeconds: 90 }),
    `Unfinished: 12 of 24 runs had ended when the budget of 1 min 30 s was spent. ${rest}`,
  );
  assertEquals(
    sentence({ planned: 24, why: "interrupted" }),
    `Unfinished: 12 of 24 runs had ended when the sweep was interrupted. ${rest}`,
  );
  assertEquals(
    sentence({ planned: 24, why: "failed" }, { looks: [1, 2] }),
    `Unfinished: 12 of at most 24 runs had ended when the sweep stopped because of a failure. ${rest}`,
  );
  assertEquals(
    sentence({ planned: 24, why: "drawn", written: AT }),
    "Unfinished: 12 of 24 runs had ended when this was drawn, at 14:05 UTC on 27 November 2026. " +
      rest,
  );
});

Deno.test("unfinishedSentence() says of a sweep that runs when it was so, and how long it will take", () => {
  const running = { planned: 24, why: "running", written: AT, againSeconds: 60 } as const;
  const when = "when this was written, at 14:05 UTC on 27 November 2026";
  assertEquals(
    sentence({ ...running, secondsLeft: 62.7 }),
    `Running: 12 of 24 runs had ended ${when}. Time left then: about 1 min 3 s. ` +
      "Means and verdicts can change with the others.",
  );
  assertEquals(
    sentence({ ...running, rung: 8 }),
    `Running: the rung of 8 steps was the last one finished ${when}. Its runs are compared here.`,
  );
  assertEquals(
    sentence({ ...running, unscored: true }, { total: 24 }),
    `Running: all 24 runs had ended ${when}, but not been scored on the test rows.`,
  );
});
