import packageFile from "../../deno.json" with { type: "json" };

/**
 * The packages of deno.json as an import map has them. There, unlike in deno.json, a package's name does
 * not stand for its subpaths, such as `yaml/package.json`.
 */
export const PACKAGES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(packageFile.imports).flatMap(([name, target]) => [
    [name, target],
    [`${name}/`, `${target.replace("npm:", "npm:/")}/`],
  ]),
);
