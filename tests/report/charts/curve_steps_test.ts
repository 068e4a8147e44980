import { assert, assertEquals } from "@std/assert";
import { sharedSteps, thinned } from "../../../src/report/charts/_curve_steps.ts";

const upTo = (count: number, every = 1) => Array.from({ length: count }, (_, at) => at * every);

Deno.test("sharedSteps() has the steps of every run that goes on so far", () => {
  assertEquals(sharedSteps([[0, 50, 100], [0, 100]]), [0, 100]);
  assertEquals(sharedSteps([[0, 50, 100], [0, 50]]), [0, 50, 100]);
  assertEquals(sharedSteps([[0, 1], [2, 3]]), [2, 3]);
  assertEquals(sharedSteps([]), []);
});

Deno.test("thinned() keeps short lists, and both ends of long ones", () => {
  assertEquals(thinned([upTo(30)], 30), [upTo(30)]);
  const [steps] = thinned([upTo(1001)], 60);
  assert(steps.length > 45 && steps.length <= 60, `${steps.length} steps`);
  assertEquals([steps[0], steps.at(-1)], [0, 1000]);
  // Dense at the start, for a logarithmic axis, and nowhere far apart.
  assert(steps.filter((step) => step > 0 && step < 25).length >= 5);
  assert(Math.max(...steps.slice(1).map((step, at) => step - steps[at])) <= 27);
});

Deno.test("thinned() keeps the same steps of lists that have them in common", () => {
  const [long, short] = thinned([upTo(1001), upTo(501)], 60);
  assertEquals(short.slice(0, -1), long.filter((step) => step < 500));
  // One that shares few steps has its own.
  const [, other] = thinned([upTo(1001, 7), upTo(1001, 11)], 60);
  assert(other.length > 30, `${other.length} steps`);
});
