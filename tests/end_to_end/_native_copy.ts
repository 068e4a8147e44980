import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { ProjectCopy } from "./_project_copy.ts";

const OPTIONS = "src/kernels/native_options.ts";
const ELEMENTWISE = "src/kernels/native/elementwise.h";
const BUILD = "src/kernels/native/build";

/** Does work with a copy of the program whose native kernels compile in a moment. */
export async function useNativeCopy(work: (copy: ProjectCopy) => Promise<void>): Promise<void> {
  await ProjectCopy.use(async (copy) => {
    await compileInAMoment(copy);
    await work(copy);
  });
}

/** From now on, the copy's native kernels compile in a moment: without optimizing. */
export async function compileInAMoment(copy: ProjectCopy): Promise<void> {
  await copy.edit(OPTIONS, (text) => text.replace('"-O3"', '"-O0"'));
}

/** Compiles the copy's kernels and returns the library's path. */
export async function compileIn(copy: ProjectCopy): Promise<string> {
  const { code, stderr } = await copy.runTask("native");
  assertEquals([code, stderr], [0, ""]);
  const names = librariesOf(copy);
  assertEquals(names.length, 1);
  return join(copy.path(BUILD), names[0]);
}

/** The same where the processor has vectors of 128 bits alone. */
export async function compileNarrow(copy: ProjectCopy): Promise<string> {
  await copy.edit("src/kernels/native/widest.c", (text) => {
    return text.replaceAll(/return (256|512)/g, "return 128");
  });
  const library = await compileIn(copy);
  assertEquals(bitsOf(library), 128);
  return library;
}

/** The names of the copy's libraries. */
export function librariesOf(copy: ProjectCopy): string[] {
  return [...Deno.readDirSync(copy.path(BUILD))].map(({ name }) => name).sort();
}

/** The width of a library's vectors. */
export function bitsOf(library: string): number {
  return Number(library.match(/-(128|256|512)-\w+\.\w+$/)?.[1]);
}

/** The choices of kernels with which a library is taken. */
export function takingChoices(library: string): string[] {
  const isFaster = bitsOf(library) > 128 || Deno.build.arch !== "x86_64";
  return isFaster ? ["auto", "native"] : ["native"];
}

/** Compiles kernels with a mistake in one, under the name of the correct library. Returns its path. */
export async function compileWrongly(copy: ProjectCopy): Promise<string> {
  const path = await compileIn(copy);
  const source = await Deno.readTextFile(copy.path(ELEMENTWISE));
  await copy.edit(ELEMENTWISE, (text) => text.replace("values[n] > 0 ?", "values[n] >= 0 ?"));
  const wrong = await copy.runTask("native");
  assertEquals(wrong.code, 1);
  const [name] = librariesOf(copy);
  await Deno.rename(join(copy.path(BUILD), name), path);
  await Deno.writeTextFile(copy.path(ELEMENTWISE), source);
  return path;
}
