import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PACKAGES } from "./_import_map.ts";
import type { ProjectCopy } from "./_project_copy.ts";
import { PROJECT } from "./_task.ts";
import type { Workspace } from "./_workspace.ts";

/** The file that measures stand in, and no other. */
const MEASURES_FILE = "src/measures/measures.ts";

/** A row for the table of measures: the mean of the highest probability of each row. */
const CONFIDENCE = `  {
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
  },
`;

/** Adds that row to the table of a copy of the program. */
export async function addMadeUpMeasure(copy: ProjectCopy): Promise<void> {
  // The table's end is the first bracket that closes at the start of a line.
  await copy.edit(MEASURES_FILE, (text) => text.replace(/^\];$/m, `${CONFIDENCE}];`));
}

/**
 * Writes a module in the table's place with that row as its last, and an import map with which all
 * of regsweep uses it; gives the map's path.
 */
export async function madeUpMeasureMap(workspace: Workspace): Promise<string> {
  const real = pathToFileURL(join(PROJECT, MEASURES_FILE)).href;
  const file = await workspace.write(
    "made_up_measures.ts",
    `import { MEASURES as REAL } from "${real}";\n\n` +
      `export const MEASURES = [\n  ...REAL,\n${CONFIDENCE}];\n`,
  );
  // The module itself is outside of src/, and imports the real one.
  const scopes = { [new URL("../", real).href]: { [real]: pathToFileURL(file).href } };
  return await workspace.write("imports.json", JSON.stringify({ imports: PACKAGES, scopes }));
}
