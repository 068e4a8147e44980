/**
 * Draws the report of a folder of results again, and updates the folder's manifest.
 *
 * @example
 * ```ts
 * import { drawReport } from "@regsweep/regsweep";
 *
 * console.log(await drawReport("reports/sample"));
 * ```
 *
 * @returns The report's path.
 * @throws {UserError} If a file is missing, is not what a sweep writes, or cannot be written.
 * @throws The signal's reason, if it aborts first.
 */
export async function drawReport(
  folder: string,
  { signal = new AbortController().signal }: { readonly signal?: AbortSignal } = {},
): Promise<string> {
  const { redrawReport } = await import("../report/redraw_report.ts");
  return await redrawReport(folder, { signal });
}

/**
 * Writes the page over all sweeps of a folder, as every sweep does.
 *
 * @example
 * ```ts
 * import { writeIndex } from "@regsweep/regsweep";
 *
 * console.log(await writeIndex("reports"));
 * ```
 *
 * @returns The page's path.
 * @throws {UserError} If the folder cannot be read or written.
 * @throws The signal's reason, if it aborts first.
 */
export async function writeIndex(
  reports: string,
  { signal = new AbortController().signal }: { readonly signal?: AbortSignal } = {},
): Promise<string> {
  const { writeIndex: write } = await import("../report/index/write_index.ts");
  return await write(reports, { signal });
}
