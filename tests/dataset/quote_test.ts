import { assertEquals } from "@std/assert";
import { quoted } from "../../src/dataset/quote.ts";

Deno.test("quoted() escapes what ends a line, and cuts off long texts", () => {
  assertEquals(quoted("a\nb"), '"a\\nb"');
  assertEquals(quoted("x".repeat(50)), `"${"x".repeat(40)}…"`);
});
