import { assertEquals } from "@std/assert";
import { posix, win32 } from "node:path";
import { relativePath } from "../src/relative_path.ts";

Deno.test("relativePath() has slashes on every system", () => {
  assertEquals(relativePath("/a/b", "/a/data/x.csv", posix), "../data/x.csv");
  assertEquals(relativePath("C:\\a\\b", "C:\\a\\data\\x.csv", win32), "../data/x.csv");
  assertEquals(relativePath("C:\\a", "c:\\A\\x.csv", win32), "x.csv");
});

Deno.test("relativePath() keeps backslashes in names where they separate nothing", () => {
  assertEquals(relativePath("/a", "/a/b\\c.csv", posix), "b\\c.csv");
});

Deno.test("relativePath() is absolute to another drive of Windows", () => {
  assertEquals(relativePath("C:\\a", "D:\\x.csv", win32), "D:/x.csv");
});
