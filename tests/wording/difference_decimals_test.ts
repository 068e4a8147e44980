import { assertEquals } from "@std/assert";
import { differenceDecimals } from "../../src/wording/difference_decimals.ts";

const POINTS = { factor: 100, decimals: 2 };
const LOSS = { factor: 1, decimals: 4 };

Deno.test("differenceDecimals() gives three significant digits, within the metric's decimals", () => {
  const points = [0.9, 0.214, 0.0842, 0.00836].map((mean) => differenceDecimals({ mean }, POINTS));
  assertEquals(points, [1, 1, 2, 2]);
  const losses = [-123.4, 1.234, -0.0232, 0.00123].map((mean) =>
    differenceDecimals({ mean }, LOSS)
  );
  assertEquals(losses, [0, 2, 4, 4]);
});

Deno.test("differenceDecimals() shows no number as 0 that decides a verdict", () => {
  assertEquals(differenceDecimals({ mean: 0.00003 }, POINTS), 3);
  assertEquals(differenceDecimals({ mean: 0.214, low: 0.0003, high: 0.4 }, POINTS), 2);
  // What is 0 but for rounding.
  assertEquals(differenceDecimals({ mean: 1e-17, low: -0.01, high: 0.01 }, POINTS), 2);
  assertEquals(differenceDecimals({ mean: 0 }, POINTS), 2);
});
