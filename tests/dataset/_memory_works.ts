// What tests measure the memory of, each in a process of its own: see tests/_memory.ts.
import { assert, assertEquals } from "@std/assert";
import { DistinctNumbers } from "../../src/dataset/columns/distinct_numbers.ts";
import { parseDataset } from "../../src/dataset/parse_dataset.ts";
import { UserError } from "../../src/user_error.ts";

/** Reads a table, or refuses it as users' files are refused. */
export async function parseOrRefuse(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    await parseDataset(bytes, "f.csv", { target: "kind" });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

/** Reads a table of 65,536 columns, most of which are inputs. */
export async function parseWideTable(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const { columns } = await parseDataset(bytes, "f.csv", { target: "label" });
  // A column that is 0 in each row is constant.
  assert(columns > 2 ** 15);
}

export function countMillionNumbers(): void {
  const distinct = new DistinctNumbers();
  for (let value = 0; value < 1e6; value++) assert(distinct.add(value * 1000.5));
  assert(!distinct.add(1000.5));
  assertEquals(distinct.size, 1e6);
}
