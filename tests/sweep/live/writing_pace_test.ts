import { assert, assertEquals } from "@std/assert";
import { WritingPace } from "../../../src/sweep/live/writing_pace.ts";

/** Asks every second, and writes where it may; gives when it wrote. */
function writings(pace: WritingPace, seconds: number, { cost, from = 0, hasNews = true }: {
  readonly cost: number;
  /** When there is something to write. */
  readonly from?: number;
  readonly hasNews?: boolean;
}): number[] {
  const times: number[] = [];
  for (let now = from; now < seconds; now++) {
    if (!pace.isDue(now, { hasNews })) continue;
    times.push(now);
    now += cost;
    pace.add(cost, now);
  }
  return times;
}

Deno.test("WritingPace spends at most 2% of a sweep's time, whatever a writing costs", () => {
  for (const cost of [0.01, 0.3, 2, 40]) {
    const times = writings(new WritingPace(200), 24 * 3600, { cost });
    assert(times.length > 10, String(times.length));
    // The first can take longer than was expected.
    assert(times.length * cost <= 0.02 * 24 * 3600 + cost, `${times.length} × ${cost} s`);
  }
});

Deno.test("WritingPace lets a short sweep alone, and waits longer for one of many runs", () => {
  const first = (runs: number) => writings(new WritingPace(runs), 3600, { cost: 0.1 })[0];
  assertEquals([first(20), first(10_000)], [21, 270]);
});

Deno.test("WritingPace does not make up for time in which there was nothing to write", () => {
  const times = writings(new WritingPace(20), 4000, { cost: 1, from: 3600 });
  assert(times.every((time, index) => index === 0 || time - times[index - 1] >= 49), `${times}`);
});

Deno.test("WritingPace waits for the complete results where they come soon", () => {
  const pace = new WritingPace(20);
  assertEquals([3, 30].map((secondsLeft) => pace.isDue(100, { secondsLeft })), [false, true]);
});

Deno.test("WritingPace announces the next writing within minutes, also before it knows the cost", () => {
  const pace = new WritingPace(200);
  const before = pace.againSeconds;
  pace.add(0.5, 30);
  assertEquals([before, pace.againSeconds], [120, 120]);
});

Deno.test("WritingPace gives a sign of life each minute where nothing changes", () => {
  const pace = new WritingPace(20);
  const times = writings(pace, 600, { cost: 0.1, hasNews: false });
  assertEquals(times.length, 9);
  assert(times.every((time, index) => index === 0 || time - times[index - 1] < pace.againSeconds));
});
