import { assertEquals, assertThrows } from "@std/assert";
import { partSizes } from "../../src/dataset/part_sizes.ts";
import { UserError } from "../../src/user_error.ts";

Deno.test("partSizes() rounds half up, and leaves the rest to training", () => {
  const split = { train: 0.6, validation: 0.2, test: 0.2 };
  assertEquals(partSizes(1797, split), { train: 1079, validation: 359, test: 359 });
  const quarters = { train: 0.5, validation: 0.25, test: 0.25 };
  assertEquals(partSizes(10, quarters), { train: 4, validation: 3, test: 3 });
  assertEquals(partSizes(4, { train: 0.5, validation: 0.5, test: 0 }).test, 0);
});

Deno.test("partSizes() rejects parts without rows, all at once", () => {
  const split = { train: 0.98, validation: 0.01, test: 0.01 };
  const { problems } = assertThrows(() => partSizes(10, split), UserError);
  assertEquals(problems.map(({ message }) => message), [
    "Cannot use validation 0.01 on 10 rows: at least one is required",
    "Cannot use test 0.01 on 10 rows: at least one is required",
  ]);
});
