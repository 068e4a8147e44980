import { assertEquals } from "@std/assert";
import { genericFunctions } from "../../src/kernels/_export_source.ts";
import {
  type KernelName,
  NATIVE_PARAMETERS,
  NATIVE_RESULTS,
} from "../../src/kernels/native_parameters.ts";

const KERNELS = new URL("../../src/kernels/", import.meta.url);

/** The list's words for types of AssemblyScript and of C. */
const TYPES: Readonly<Record<string, string>> = {
  usize: "offset",
  i32: "count",
  u32: "word",
  T: "number",
  f64: "float64",
  offset: "offset",
  count: "count",
  uint32_t: "word",
  number: "number",
  double: "float64",
  void: "nothing",
};

/** By kernel, the types of its parameters and of its result. */
type Signatures = Record<string, readonly string[]>;

async function textsOf(folder: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for await (const { name, isFile } of Deno.readDir(new URL(folder, KERNELS))) {
    if (isFile) texts.set(name, await Deno.readTextFile(new URL(`${folder}${name}`, KERNELS)));
  }
  return texts;
}

function listed(): Signatures {
  return Object.fromEntries(
    Object.entries(NATIVE_PARAMETERS).map(([name, parameters]) => {
      return [name, [...parameters, NATIVE_RESULTS[name as KernelName] ?? "nothing"]];
    }),
  );
}

Deno.test("native kernels take and return what the assembly source's functions do", async () => {
  const functions = genericFunctions(await textsOf("assembly/"));
  const signatures = Object.keys(NATIVE_PARAMETERS).map((name) => {
    const { parameters, result } = functions.get(name) ?? { parameters: "", result: "none" };
    const types = [...parameters.matchAll(/: (\w+)/g)].map(([, type]) => type);
    return [name, [...types, result].map((type) => TYPES[type])];
  });
  assertEquals(listed(), Object.fromEntries(signatures));
});

Deno.test("the list has the native source's kernels, with their parameters and results", async () => {
  const source = [...(await textsOf("native/")).values()].join("\n");
  const prototypes = source.matchAll(/^(\w+) KERNEL\((\w+)\)\(\s*uint8_t \*memory, ([^)]*)\)/gm);
  const signatures = [...prototypes].map(([, result, name, parameters]) => {
    const types = parameters.split(",").map((parameter) => parameter.trim().split(" ")[0]);
    return [name, [...types, result].map((type) => TYPES[type])];
  });
  assertEquals(listed(), Object.fromEntries(signatures));
});
