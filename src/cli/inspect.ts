import { INSPECTED, inspectTable } from "../api/inspect.ts";
import { inspectionJson, inspectionText } from "./inspect_text.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Shows what a table is, and what a sweep would use of it. */
export async function inspect({ operands: [file], options }: Invocation): Promise<number> {
  const inspection = INSPECTED.of(await inspectTable(file, options));
  print(options.json ? inspectionJson(file, inspection) : inspectionText(file, inspection));
  return 0;
}
