/**
 * The JSON schema with which an editor knows an experiment's own trainers, as text.
 *
 * @example
 * ```ts
 * import { editorSchema } from "@regsweep/regsweep";
 *
 * const schema = JSON.parse(await editorSchema("experiments/ridge.yaml"));
 * console.log(Object.keys(schema.properties));
 * ```
 *
 * @throws {UserError} If the file is no YAML, or a trainer of its own is wrong.
 */
export async function editorSchema(file: string): Promise<string> {
  const [{ readTrainersOf }, { editorSchema: schemaOf }] = await Promise.all([
    import("../experiment/read_experiment.ts"),
    import("../experiment/schema/editor_schema.ts"),
  ]);
  const { trainers, names } = await readTrainersOf(file);
  return schemaOf(trainers, names);
}
