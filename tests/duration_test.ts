import { assertEquals } from "@std/assert";
import { ageSeconds, durationHint, durationSeconds } from "../src/duration.ts";

Deno.test("durationSeconds() reads hours, minutes and seconds", () => {
  const seconds = ["90s", "30m", "2h", "1h30m", "1h1m1s", "0h5s"].map(durationSeconds);
  assertEquals(seconds, [90, 1800, 7200, 5400, 3661, 5]);
});

Deno.test("durationSeconds() reads nothing else", () => {
  for (const text of ["", "30", "m", "1.5h", "-1m", "30 m", "30min", "1m1h", "1m1m", "0s", "1d"]) {
    assertEquals(durationSeconds(text), undefined, text);
  }
});

Deno.test("durationHint() takes a number for minutes", () => {
  const hints = ["30", "30min", "1.5h", "0"].map(durationHint);
  assertEquals(hints, ["did you mean 30m?", "did you mean 30m?", undefined, undefined]);
});

Deno.test("ageSeconds() reads days, and what is a duration", () => {
  assertEquals(["90d", "1d", "12h", "1h30m"].map(ageSeconds), [7_776_000, 86_400, 43_200, 5400]);
  for (const text of ["", "0d", "90", "1d12h", "-1d", "1.5d", "123456d"]) {
    assertEquals(ageSeconds(text), undefined, text);
  }
});
