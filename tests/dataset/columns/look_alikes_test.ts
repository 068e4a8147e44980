import { assertEquals } from "@std/assert";
import { lookAlikesAmong } from "../../../src/dataset/columns/look_alikes.ts";

Deno.test("lookAlikesAmong() finds texts that differ in case, spaces or a final dot", () => {
  assertEquals(lookAlikesAmong(["<=50K", ">50K", "<=50K.", ">50K."]), [
    ["<=50K", "<=50K."],
    [">50K", ">50K."],
  ]);
  assertEquals(lookAlikesAmong(["Yes", "no", "yes", "New  York", "new york "]), [
    ["Yes", "yes"],
    ["New  York", "new york "],
  ]);
  assertEquals(lookAlikesAmong(["a", "b", "a.b", "ab"]), []);
});
