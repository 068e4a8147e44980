import { readTrainersOf } from "../experiment/read_experiment.ts";
import { editorSchema } from "../experiment/schema/editor_schema.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Prints the schema with which an editor knows an experiment's own trainers. */
export async function schema({ operands: [file] }: Invocation): Promise<number> {
  const { trainers, names } = await readTrainersOf(file);
  print(editorSchema(trainers, names).trimEnd());
  return 0;
}
