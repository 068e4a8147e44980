import { assert, assertEquals } from "@std/assert";
import { AwakeClock } from "../src/awake_clock.ts";

/** A clock whose time a test sets, in milliseconds. */
function fakeClock() {
  const time = { now: 1000 };
  return { time, clock: new AwakeClock(() => time.now) };
}

Deno.test("AwakeClock goes on like any clock while its process is awake", () => {
  const { time, clock } = fakeClock();
  using _ = clock;
  for (let tick = 1; tick <= 50; tick++) {
    time.now += 200;
    assertEquals(clock.milliseconds, 200 * tick);
  }
});

Deno.test("AwakeClock stands still while its process is suspended", () => {
  const { time, clock } = fakeClock();
  using _ = clock;
  time.now += 100;
  assertEquals(clock.milliseconds, 100);
  time.now += 8 * 3600 * 1000;
  assert(clock.milliseconds <= 500, String(clock.milliseconds));
});

Deno.test("AwakeClock does not go back", () => {
  const { time, clock } = fakeClock();
  using _ = clock;
  time.now -= 5000;
  assertEquals(clock.milliseconds, 0);
  time.now += 100;
  assertEquals(clock.milliseconds, 100);
});

Deno.test("AwakeClock's timeouts count no time in which its process is suspended", async () => {
  const { time, clock } = fakeClock();
  using _ = clock;
  const signal = clock.timeout(1000);
  let ticks = 0;
  const sleeper = setInterval(() => {
    ticks++;
    // Each tick comes an hour late.
    time.now += 3600 * 1000;
  }, 10);
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  clearInterval(sleeper);
  assertEquals((signal.reason as DOMException).name, "TimeoutError");
  assert(ticks >= 3, `after ${ticks} hours`);
});

Deno.test("AwakeClock's timeouts end with it", async () => {
  const { time, clock } = fakeClock();
  const signal = clock.timeout(10);
  clock[Symbol.dispose]();
  time.now += 1000;
  await new Promise((resolve) => setTimeout(resolve, 250));
  assertEquals(signal.aborted, false);
});
