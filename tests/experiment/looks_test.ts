import { assertEquals } from "@std/assert";
import { looksBetween } from "../../src/experiment/looks.ts";

Deno.test("looksBetween() doubles the seeds up to the last look", () => {
  assertEquals(looksBetween(5, 40), [5, 10, 20, 40]);
  assertEquals(looksBetween(5, 30), [5, 10, 20, 30]);
  assertEquals(looksBetween(5, 5), [5]);
});
