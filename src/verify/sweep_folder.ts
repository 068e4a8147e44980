import { readConfusion } from "../results/confusion_csv.ts";
import { readCurves } from "../results/curves_csv.ts";
import { readHalving } from "../results/halving_csv.ts";
import { readHistograms } from "../results/histograms_csv.ts";
import type { Manifest } from "../results/manifest.ts";
import { readManifest } from "../results/read_manifest.ts";
import { readResultFiles } from "../results/read_result_file.ts";
import type {
  ConfusionRow,
  CurveRow,
  HalvingRow,
  HistogramRow,
  RunRow,
  UnitRow,
} from "../results/run_row.ts";
import { readRuns } from "../results/runs_csv.ts";
import { readUnits } from "../results/units_csv.ts";
import { readHeldOut } from "../results/held_out_csv.ts";
import type { HeldOutRow } from "../results/held_out_row.ts";
import { sha256 } from "../sha256.ts";
import { UserError } from "../user_error.ts";

/** What a sweep left in a folder, wherever that is now. */
export interface SweepFolder {
  readonly folder: string;
  readonly experimentText: string;
  readonly manifest: Manifest;
  readonly runs: readonly RunRow[];
  readonly curves: readonly CurveRow[];
  readonly histograms: readonly HistogramRow[];
  /** Absent where no cells were stopped early. */
  readonly halving?: readonly HalvingRow[];
  /** These are empty where the file is not there: not every sweep has them. */
  readonly tests: readonly HeldOutRow[];
  readonly confusion: readonly ConfusionRow[];
  readonly units: readonly UnitRow[];
  /** The text of a file, and its SHA-256 in hex; nothing if it cannot be read. */
  file(name: string): Promise<{ text: string; checksum: string } | undefined>;
}

/**
 * Reads what a sweep left in a folder.
 *
 * @throws {UserError} If a file is missing, or is not what a sweep writes. The exit code is 1 for a
 * broken CSV file: it was whole once.
 */
export async function readSweepFolder(folder: string): Promise<SweepFolder> {
  const [experimentText, manifestText, runsText, curvesText, histogramsText] =
    await readResultFiles(folder, [
      "experiment.yaml",
      "manifest.json",
      "runs.csv",
      "curves.csv",
      "histograms.csv",
    ]);
  const file = async (name: string) => {
    try {
      const bytes = await Deno.readFile(`${folder}/${name}`);
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
      return { text, checksum: await sha256(bytes) };
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  };
  const [halving, test, confusion, units] = await Promise.all(
    ["halving.csv", "test.csv", "confusion.csv", "units.csv"].map(file),
  );
  return {
    folder,
    experimentText,
    manifest: readManifest(manifestText),
    ...asCheck(() => ({
      runs: readRuns(runsText),
      curves: readCurves(curvesText),
      histograms: readHistograms(histogramsText),
      halving: halving && readHalving(halving.text),
      tests: test ? readHeldOut(test.text) : [],
      confusion: confusion ? readConfusion(confusion.text) : [],
      units: units ? readUnits(units.text) : [],
    })),
    file,
  };
}

function asCheck<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UserError ? new UserError(error.problems, 1) : error;
  }
}
