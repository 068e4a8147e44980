import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Candidate, findTarget } from "../../../src/experiment/init/find_target.ts";

function columns(...names: string[]): Candidate[] {
  return names.map((name) => ({ name, isUsable: true }));
}

/** The name of the target that is found where the last column holds so many classes. */
async function found(columns: readonly Candidate[], classes = 0): Promise<string | undefined> {
  return (await findTarget(columns, () => Promise.resolve(classes)))?.name;
}

Deno.test("findTarget() takes the only column with a usual name", async () => {
  assertEquals(await found(columns("species", "bill", "year"), 3), "species");
  assertEquals(await found(columns("AGE", "SEX", " Y ")), " Y ");
  const target = await findTarget(columns("class", "a"), () => Promise.resolve(0));
  assertStringIncludes(target?.reason ?? "", "its name");
});

Deno.test("findTarget() takes none of several such columns", async () => {
  assertEquals(await found(columns("class", "survived", "age"), 2), undefined);
});

Deno.test("findTarget() takes a last column that holds a few classes", async () => {
  const all = columns("column_1", "column_2");
  assertEquals(await found(all, 3), "column_2");
  assertEquals(await found(all), undefined, "a quantity");
  assertEquals(await found(all, 100), undefined, "many classes");
  assertEquals(await found([], 3), undefined);
});

Deno.test("findTarget() passes over columns that cannot be predicted, whatever their name", async () => {
  const [label, value] = columns("label", "value");
  const unusable = { ...label, isUsable: false };
  assertEquals(await found([unusable, value], 2), "value");
  assertEquals(await found([value, unusable], 2), undefined);
});
