import { assertEquals } from "@std/assert";
import { intervalText } from "../../src/report/estimate.ts";

Deno.test("intervalText() shows on which side of 0 an interval ends", () => {
  assertEquals(intervalText({ low: -3.1, high: -0.3 }, { decimals: 0 }), "−3.1 to −0.3");
  assertEquals(intervalText({ low: 0.004, high: 1.2 }, { decimals: 2 }), "0.004 to 1.200");
  assertEquals(intervalText({ low: -3.1, high: 7.6 }, { decimals: 0 }), "−3 to 8");
  assertEquals(intervalText({ low: 0, high: 1.2 }, { decimals: 2 }), "0.00 to 1.20");
  // One more digit would not help.
  assertEquals(intervalText({ low: 1e-17, high: 1.2 }, { decimals: 2 }), "0.00 to 1.20");
});
