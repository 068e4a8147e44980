import { assertEquals } from "@std/assert";
import { parseDataset } from "../../src/dataset/parse_dataset.ts";
import type { TableOptions } from "../../src/dataset/table_options.ts";

const bytesOf = (lines: readonly string[]) => new TextEncoder().encode(lines.join("\n"));

/** The rows of the file that a dataset has. */
async function fileRows(
  lines: readonly string[],
  options: Partial<TableOptions>,
  testLines?: readonly string[],
) {
  const test = testLines && { bytes: bytesOf(testLines), file: "test.csv" };
  const told = { target: "label", ...options, ...test && { testPath: test.file } };
  const dataset = await parseDataset(bytesOf(lines), "a.csv", told, { test });
  const { fileRows, rows, targets } = dataset;
  if (fileRows) assertEquals(fileRows.length, rows);
  assertEquals(targets.length, rows);
  return fileRows &&
    { numbers: [...fileRows], isShared: fileRows.buffer instanceof SharedArrayBuffer };
}

Deno.test("a dataset knows which rows of its file it has, if some are left out", async () => {
  const lines = ["x,label", "1,a", "2,", ",b", "4,a", "5,b", "6,c", "7,b", "8,a"];
  assertEquals(await fileRows(lines, { dropRows: ["missing_target", "rare_class"] }), {
    numbers: [0, 2, 3, 4, 6, 7],
    isShared: true,
  });
  assertEquals(
    await fileRows([...lines.slice(0, 2), ...lines.slice(5), "9,b", "10,a", "11,c", "12,c"], {}),
    undefined,
  );
});

Deno.test("rows of a test file are numbered as in that file", async () => {
  const lines = ["x,label", "1,a", "2,b", "3,a", "4,b", "5,a", "6,b"];
  const test = ["x,label", "5,b", "6,a"];
  assertEquals(await fileRows(lines, {}, test), {
    numbers: [0, 1, 2, 3, 4, 5, 0, 1],
    isShared: true,
  });
});
