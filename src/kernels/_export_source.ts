/** A generic function of the assembly source: its file, and its parameters and result. */
interface Definition {
  readonly file: string;
  readonly parameters: string;
  readonly result: string;
}

/**
 * The generic functions that the assembly source exports, by name.
 *
 * @param sources The assembly files' texts by their names without `.ts`.
 */
export function genericFunctions(sources: ReadonlyMap<string, string>): Map<string, Definition> {
  const definitions = new Map<string, Definition>();
  for (const [file, text] of sources) {
    for (const match of text.matchAll(/^export function (\w+)<T>\(([^)]*)\): (\w+)/gm)) {
      const [, name, parameters, result] = match;
      definitions.set(name, {
        file,
        parameters: parameters.replaceAll(/\s+/g, " ").trim(),
        result,
      });
    }
  }
  return definitions;
}

const PRECISIONS = ["f32", "f64"];

/**
 * AssemblyScript source of the module's exports, `assembly/exports.ts`: each named kernel in float32
 * and in float64, from the one generic function of its name, as `f32_relu` and `f64_relu`.
 *
 * @param sources The assembly files' texts by their names without `.ts`.
 * @throws {Error} If no file exports a generic function of a kernel's name.
 */
export function exportSource(
  kernels: readonly string[],
  sources: ReadonlyMap<string, string>,
): string {
  const definitions = genericFunctions(sources);
  const found = kernels.map((name) => {
    const definition = definitions.get(name);
    if (!definition) throw new Error(`Cannot find kernel ${name}: no file exports ${name}<T>()`);
    return { name, ...definition };
  });
  return [
    "// @ts-nocheck: AssemblyScript",
    ...found.map(({ name, file }) => `import { ${name} } from "./${file}";`),
    ...PRECISIONS.flatMap((precision) =>
      found.map(({ name, parameters, result }) => {
        const typed = parameters.replaceAll(/: T\b/g, `: ${precision}`);
        const passed = parameters.replaceAll(/: \w+/g, "");
        const call = `${name}<${precision}>(${passed});`;
        return `export function ${precision}_${name}(${typed}): ${result} {
  ${result === "void" ? call : `return ${call}`}
}`;
      })
    ),
    "",
  ].join("\n");
}
