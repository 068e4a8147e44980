import type { CopiedExample, Example } from "../experiment/examples.ts";

/**
 * The experiments that regsweep comes with.
 *
 * @example
 * ```ts
 * import { listExamples } from "@regsweep/regsweep";
 *
 * for (const { name, description } of await listExamples()) console.log(name, description);
 * ```
 */
export async function listExamples(): Promise<Example[]> {
  const { listExamples: list } = await import("../experiment/examples.ts");
  return list();
}

/**
 * Copies an experiment that regsweep comes with and all that it needs to a folder, in folders of the
 * same names.
 *
 * @example
 * ```ts
 * import { copyExample } from "@regsweep/regsweep";
 *
 * const { files } = await copyExample("quick", "tried");
 * console.log(files);
 * ```
 *
 * @param folder The process's folder if not given.
 * @throws {UserError} If there is no such experiment, or a file is there with another content: then
 * nothing is copied.
 */
export async function copyExample(name: string, folder = "."): Promise<CopiedExample> {
  const { copyExample: copy } = await import("../experiment/examples.ts");
  return await copy(name, folder);
}
