import { editorSchema } from "../api/schema.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Prints the schema with which an editor knows an experiment's own trainers. */
export async function schema({ operands: [file] }: Invocation): Promise<number> {
  print((await editorSchema(file)).trimEnd());
  return 0;
}
