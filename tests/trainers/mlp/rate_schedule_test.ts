import { assert, assertEquals } from "@std/assert";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { rateSchedule } from "../../../src/trainers/mlp/_rate_schedule.ts";
import { mlpConfig } from "../../../src/trainers/mlp/mlp_config.ts";
import { configWith } from "../_model_fixture.ts";

/** The rates of the first updates, the full rate being 1. */
function ratesOf(count: number, values: Config): number[] {
  const rateOf = rateSchedule(mlpConfig(configWith({ learning_rate: 1, ...values })));
  return Array.from({ length: count }, (_, step) => rateOf(step));
}

const rounded = (rates: readonly number[]) => rates.map((rate) => Math.round(rate * 1e12) / 1e12);

Deno.test("rateSchedule() is constant, to the bit, unless something else is set", () => {
  for (const rate of [0.1, 1e30, 3e-5]) {
    assertEquals(ratesOf(3, { learning_rate: rate }), [rate, rate, rate]);
  }
});

Deno.test("rateSchedule() warms up linearly, and schedules count from the end of that", () => {
  assertEquals(ratesOf(6, { warm_up: 4 }), [0.25, 0.5, 0.75, 1, 1, 1]);
  const step = { schedule: "step", schedule_period: 2, step_factor: 0.5 };
  assertEquals(ratesOf(7, { ...step, warm_up: 2 }), [0.5, 1, 1, 1, 0.5, 0.5, 0.25]);
});

Deno.test("rateSchedule() multiplies by the factor once per period", () => {
  const values = { schedule: "step", schedule_period: 3 };
  assertEquals(rounded(ratesOf(7, values)), [1, 1, 1, 0.1, 0.1, 0.1, 0.01]);
  assertEquals(ratesOf(4, { ...values, schedule_period: 1, step_factor: 1 }), [1, 1, 1, 1]);
});

Deno.test("rateSchedule() follows half a cosine over the run", () => {
  const half = (t: number, of: number) => 0.5 * (1 + Math.cos(Math.PI * t / of));
  const rates = ratesOf(10, { schedule: "cosine", steps: 10 });
  rates.forEach((rate, t) => assert(Math.abs(rate - half(t, 10)) < 1e-15, `step ${t}`));
  const warm = ratesOf(10, { schedule: "cosine", steps: 10, warm_up: 4 }).slice(4);
  warm.forEach((rate, t) => assert(Math.abs(rate - half(t, 6)) < 1e-15, `step ${t} after 4`));
});

Deno.test("rateSchedule() begins cosines again, each longer by the factor", () => {
  const restarts = { schedule: "restarts", schedule_period: 2 };
  assertEquals(rounded(ratesOf(6, restarts)), [1, 0.5, 1, 0.5, 1, 0.5]);
  const longer = rounded(ratesOf(15, { ...restarts, cycle_factor: 2 }));
  const full = longer.flatMap((rate, step) => rate === 1 ? [step] : []);
  assertEquals(full, [0, 2, 6, 14]);
  assertEquals(
    longer.slice(2, 6),
    rounded([1, 0.5 + Math.SQRT1_2 / 2, 0.5, 0.5 - Math.SQRT1_2 / 2]),
  );
});

Deno.test("rateSchedule() is never 0, however many steps there are", () => {
  const far = rateSchedule(mlpConfig(configWith({ schedule: "step", schedule_period: 1 })));
  assert(far(99_999_999) > 0);
  const end = { schedule: "cosine", steps: 100_000_000 };
  assert(rateSchedule(mlpConfig(configWith(end)))(99_999_999) > 0);
});
