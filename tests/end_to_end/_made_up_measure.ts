import { join } from "node:path";
import { pathToFileURL } from "node:url";
import packageFile from "../../deno.json" with { type: "json" };
import { PROJECT } from "./_task.ts";
import type { Workspace } from "./_workspace.ts";

/** The file that a made-up measure stands in, and no other. */
export const MEASURES_FILE = "src/measures/measures.ts";

/**
 * A module in the place of the table of measures, with one more row: the mean of the highest
 * probability of each row.
 *
 * @param real How it imports the table that it stands for.
 */
export function madeUpMeasures(real: string): string {
  return `import { MEASURES as REAL } from "${real}";

export const MEASURES = [...REAL, {
  key: "confidence",
  label: "confidence",
  tasks: ["classification"],
  better: "larger",
  isPercent: true,
  decimals: 1,
  fullDecimals: 3,
  bounds: [0, 1],
  meaning: "the mean of the highest probabilities",
  compute({ scores, targets, classes }) {
    let sum = 0;
    for (let row = 0; row < targets.length; row++) {
      sum += Math.max(...scores.subarray(row * classes, (row + 1) * classes));
    }
    return sum / targets.length;
  },
}];
`;
}

/** Writes that module, and an import map with which all of regsweep uses it; gives the map's path. */
export async function madeUpMeasureMap(workspace: Workspace): Promise<string> {
  const real = pathToFileURL(join(PROJECT, MEASURES_FILE)).href;
  const file = await workspace.write("made_up_measures.ts", madeUpMeasures(real));
  // The module itself is outside of src/, and imports the real one.
  const scopes = { [new URL("../", real).href]: { [real]: pathToFileURL(file).href } };
  const { imports } = packageFile;
  return await workspace.write("imports.json", JSON.stringify({ imports, scopes }));
}
