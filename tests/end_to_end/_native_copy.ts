import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { ProjectCopy } from "./_project_copy.ts";

const OPTIONS = "src/kernels/native_options.ts";
const ELEMENTWISE = "src/kernels/native/elementwise.h";
const BUILD = "src/kernels/native/build";

/**
 * Does work with a copy of the program whose native kernels compile in a moment: without optimizing,
 * and for vectors of 128 bits alone.
 */
export async function useNativeCopy(work: (copy: ProjectCopy) => Promise<void>): Promise<void> {
  await ProjectCopy.use(async (copy) => {
    await copy.edit(OPTIONS, (text) => {
      return text.replace('"-O3"', '"-O0"').replace(/^ {4}"256":[^]*?^ {4}\],\n/m, "")
        .replace(/^ {4}"256".*\n/m, "");
    });
    await copy.edit("src/kernels/native/widest.c", (text) => {
      return text.replaceAll(/return (256|512)/g, "return 128");
    });
    await work(copy);
  });
}

/** Compiles the copy's kernels and returns the library's path. */
export async function compileIn(copy: ProjectCopy): Promise<string> {
  const { code, stderr } = await copy.runTask("native");
  assertEquals([code, stderr], [0, ""]);
  const names = [...Deno.readDirSync(copy.path(BUILD))].map(({ name }) => name);
  assertEquals(names.length, 1);
  return join(copy.path(BUILD), names[0]);
}

/** Compiles kernels with a mistake in one, under the name of the correct library. */
export async function compileWrongly(copy: ProjectCopy): Promise<void> {
  const path = await compileIn(copy);
  const source = await Deno.readTextFile(copy.path(ELEMENTWISE));
  await copy.edit(ELEMENTWISE, (text) => text.replace("values[n] > 0 ?", "values[n] >= 0 ?"));
  const wrong = await copy.runTask("native");
  assertEquals(wrong.code, 1);
  const [{ name }] = [...Deno.readDirSync(copy.path(BUILD))];
  await Deno.rename(join(copy.path(BUILD), name), path);
  await Deno.writeTextFile(copy.path(ELEMENTWISE), source);
}
