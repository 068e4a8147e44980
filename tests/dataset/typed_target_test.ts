import { assertEquals } from "@std/assert";
import { typedTarget } from "../../src/dataset/typed_target.ts";

Deno.test("typedTarget() takes a column by its name or its number", () => {
  assertEquals(typedTarget("species"), "species");
  assertEquals(typedTarget("2"), 2);
  assertEquals(typedTarget("-1"), -1);
  assertEquals(typedTarget("−1"), -1);
  assertEquals(typedTarget("1st"), "1st");
});
