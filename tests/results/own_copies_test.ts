import { assert, assertEquals } from "@std/assert";
import { copyName, isCopyName } from "../../src/results/own_copies.ts";

Deno.test("isCopyName() takes what copyName() gives, and no path that leads elsewhere", () => {
  assertEquals(copyName("ridge", "lib/solve.ts"), "trainers/ridge/lib/solve.ts");
  for (const path of ["a.ts", "lib/..a", ".hidden/...", "a b/é\n.py"]) {
    assert(isCopyName(copyName("my-model_2", path)), path);
  }
  const wrong = [
    ...[
      "../a",
      "/a",
      "a/../b",
      "a/./b",
      "a//b",
      "a/",
      "",
      "a\\b",
      "a\0",
      "\ud800",
      "..",
      ".",
      "a/..",
    ],
  ].map((path) => copyName("ridge", path));
  const others = ["runs.csv", "trainers/ridge", "trainers//a", "trainers/../a", "trainers/./a"];
  const absolute = ["/trainers/ridge/a", "x/trainers/ridge/a", "trainers/a b/c", "trainers/1/a"];
  for (const name of [...wrong, ...others, ...absolute]) assert(!isCopyName(name), name);
});
