import { join } from "node:path";
import { lookAt } from "../../files/facts.ts";
import { namesInSync } from "../../files/folders.ts";
import { systemReason } from "../../files/system_reason.ts";
import { readResultFile } from "../../results/read_result_file.ts";
import { RESULT_TABLES } from "../../results/result_files.ts";
import { UserError } from "../../user_error.ts";

/**
 * The names of runs' cells, by the runs' keys, as far as report folders tell. A folder that cannot be
 * read tells nothing.
 *
 * @param places Report folders, and folders of them.
 */
export async function cellsOfRuns(
  keys: ReadonlySet<string>,
  places: readonly string[],
): Promise<Map<string, string>> {
  const cells = new Map<string, string>();
  if (keys.size === 0) return cells;
  for (const folder of places.flatMap((place) => [place, ...foldersIn(place)])) {
    const path = join(folder, RESULT_TABLES.runs.name);
    if (!lookAt(path)) continue;
    try {
      for (const { run, cell } of RESULT_TABLES.runs.read(await readResultFile(path, folder))) {
        if (keys.has(run)) cells.set(run, cell);
      }
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  return cells;
}

function foldersIn(place: string): string[] {
  try {
    return namesInSync(place).map((name) => join(place, name))
      .filter((path) => lookAt(path)?.isDirectory);
  } catch (error) {
    if (systemReason(error) === undefined) throw error;
    return [];
  }
}
