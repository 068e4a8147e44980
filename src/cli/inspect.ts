import { inspectTable } from "../dataset/inspect_table.ts";
import { readDatasetBytes } from "../dataset/read_dataset.ts";
import { typedTarget } from "../dataset/typed_target.ts";
import { inspectionJson, inspectionText } from "./inspect_text.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Shows what a table is, and what a sweep would use of it. */
export async function inspect({ operands: [file], options }: Invocation): Promise<number> {
  const target = options.target === undefined ? {} : { target: typedTarget(options.target) };
  const bytes = await readDatasetBytes(file);
  const inspection = await inspectTable(bytes, file, target);
  print(options.json ? inspectionJson(file, inspection) : inspectionText(file, inspection));
  return 0;
}
