import type { ModuleCode } from "../../src/trainers/own_code.ts";

/**
 * The code of a module of one file, trainers/NAME.ts, which trains by these statements from the file's
 * second line on. `even` predicts the same of every row of two classes.
 */
export function moduleCode(
  statements: string,
  { name = "t", more = "", ...members }: Partial<ModuleCode> & {
    /** Other members of the definition, in their source. */
    readonly more?: string;
  } = {},
): ModuleCode {
  const text = "const even = (x, rows) => new Float64Array(2 * rows).fill(0.5); " +
    `export default { name: "${name}", *train({ config, seed, data, random, math }) {
${statements}
}, ${more} };\n`;
  return {
    ...{ kind: "module", name, version: "1", tasks: ["classification"] },
    ...{ hyperparameters: [], folder: "trainers", packages: [], allow: [] },
    files: [{ path: `${name}.ts`, checksum: "", text, imports: [], packages: [] }],
    ...members,
  };
}
