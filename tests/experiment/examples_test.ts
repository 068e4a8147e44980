import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { copyExample, exampleNames, listExamples } from "../../src/experiment/examples.ts";
import { UserError } from "../../src/user_error.ts";
import { ROOT } from "../_source_files.ts";
import { openFirst } from "./_open_first.ts";
import { withFiles } from "./_with_files.ts";

Deno.test("listExamples() describes all experiments that regsweep comes with", () => {
  const examples = listExamples();
  assertEquals(examples.map(({ name }) => name), exampleNames());
  assert(examples.length > 20);
  for (const { name, description } of examples) assert(description.endsWith("?"), name);
});

Deno.test("copyExample() copies all that an experiment needs", async (test) => {
  for (const name of exampleNames()) {
    await test.step(name, () =>
      withFiles({}, async (folder) => {
        const { files, present } = await copyExample(name, folder);
        assertEquals([files[0], present], [`experiments/${name}.yaml`, []]);
        await openFirst(join(folder, files[0]));
        for (const file of files) {
          const [copy, original] = await Promise.all(
            [join(folder, file), join(ROOT, file)].map((path) => Deno.readFile(path)),
          );
          assertEquals(copy, original, file);
        }
        // What a program reads is not read with the experiment.
        if (name === "notebook-in-python") {
          assert(files.includes("experiments/programs/numpy_notebook.py"));
        }
      }));
  }
});

Deno.test("copyExample() keeps what is there, and overwrites nothing", () =>
  withFiles({}, async (folder) => {
    const { files } = await copyExample("iris", folder);
    assertEquals((await copyExample("iris", folder)).present, files);
    const path = join(folder, "experiments", "iris.yaml");
    await Deno.writeTextFile(path, "name: mine\n");
    await Deno.remove(join(folder, "data", "iris.data"));
    const error = await assertRejects(() => copyExample("iris", folder), UserError);
    assertEquals(
      error.message,
      `Cannot write ${path}: there is another file of that name, and nothing is overwritten`,
    );
    assertEquals([...Deno.readDirSync(join(folder, "data"))], []);
  }));

Deno.test("copyExample() suggests the nearest name", async () => {
  const error = await assertRejects(() => copyExample("l1-vs-l3"), UserError);
  assertEquals(error.problems, [
    { message: 'Unknown example "l1-vs-l3"', hint: 'did you mean "l1-vs-l2"?' },
  ]);
});
