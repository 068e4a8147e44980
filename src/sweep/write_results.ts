import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FileClaim } from "../files/file_claim.ts";
import { syncFolder } from "../files/file_writer.ts";
import { removeWithin } from "../files/folders.ts";
import { removeIfThere } from "../files/write_file.ts";
import type { SweepInput } from "../report/report_input.ts";
import { checkCitationFiles, filesBefore } from "../results/citation_files.ts";
import { type Manifest, manifestText } from "../results/manifest.ts";
import { copyChecksums, isCopyName } from "../results/own_copies.ts";
import { resultColumns } from "../results/result_columns.ts";
import { OTHER_FILES, RESULT_FILES, RESULTS_CLAIM, tableTexts } from "../results/result_files.ts";
import type { RunRow } from "../results/run_row.ts";
import { sortOutcomes } from "../results/sort_outcomes.ts";
import { sha256 } from "../sha256.ts";
import type { OwnCode } from "../trainers/own_code.ts";
import { buildManifest, type FinishedSweep } from "./build_manifest.ts";
import { copyOwnCode, writeCopies } from "./copy_own_code.ts";
import { derivedRows } from "./csv_files.ts";
import { DrawnRows } from "./drawn_rows.ts";
import type { GitState } from "./git_state.ts";
import { GitStateThread } from "./git_state_thread.ts";
import { NewFiles } from "./new_files.ts";
import { hasCompleteResults } from "./replaced_results.ts";
import { type ResultReader, RunTables } from "./run_tables.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
/** What of the project trains and writes: neither its tests and pages nor anybody's experiments. */
const PROGRAM: readonly string[] = ["src", "deno.json", "deno.lock"];
/** As it was found first: nearest to the code that was loaded. */
let knownState: GitState | undefined;

export interface WriteOptions {
  readonly folder: string;
  /** The experiment as it was run, to be kept beside its results. */
  readonly experimentText: string;
  /** The user's own trainers, whose files are kept, too; absent if there are none. */
  readonly own?: readonly OwnCode[];
  /** Required if the sweep's outcomes have summaries instead of whole results. */
  readonly resultsOf?: ResultReader;
  /** How many rows of curves and histograms to keep in memory, if not as many as `DrawnRows` does. */
  readonly mostRows?: number;
  /** Stops what goes on when it aborts, until files get their names. */
  readonly signal: AbortSignal;
}

/**
 * Writes a sweep's files and returns their content.
 *
 * The report is made from the CSV files' rows and the manifest alone, so that it can be drawn again.
 * Files that sweeps write and this one does not are removed. All files get their names at once, the
 * manifest last: where it fits, everything is there.
 *
 * @returns Undefined if the sweep is unfinished and the folder has complete results, which stay.
 * @throws {UserError} If a file cannot be written, one of an own trainer has changed, or somebody has
 * written how to cite the sweep.
 * @throws The signal's reason, if it aborted.
 */
export async function writeResults(
  sweep: FinishedSweep & { readonly unfinished?: undefined },
  options: WriteOptions,
): Promise<SweepInput>;
export async function writeResults(
  sweep: FinishedSweep,
  options: WriteOptions,
): Promise<SweepInput | undefined>;
export async function writeResults(
  sweep: FinishedSweep,
  { folder, experimentText, own = [], resultsOf, mostRows, signal }: WriteOptions,
): Promise<SweepInput | undefined> {
  using stack = new DisposableStack();
  const thread = () => stack.use(new GitStateThread({ folder: PROJECT, of: PROGRAM }));
  const state = knownState ?? keepState(thread().state);
  const copies = await copyOwnCode(own);
  const copied = copyChecksums(own);
  const { experiment, outcomes } = sweep;
  const columns = resultColumns(experiment, sweep);
  const runs: RunRow[] = [];
  const drawn = new DrawnRows(mostRows);
  const sorted = sortOutcomes(outcomes);
  const reading = { columns, resultsOf, signal };
  using runTables = await RunTables.write(experiment, sorted, {
    ...reading,
    folder,
    onRows: (rows) => {
      for (const row of rows.runs) runs.push(row);
      drawn.add(rows);
    },
  });
  const derived = await derivedRows(experiment, sweep, { runs, columns });
  const texts: Record<string, string> = {
    ...tableTexts(derived, columns),
    [OTHER_FILES.experiment.name]: experimentText,
  };
  const [{ renderReport }, { pageCode }, { citationTexts }] = await Promise.all([
    import("../report/render_report.ts"),
    import("../report/page_code.ts"),
    import("../report/citation/citation_texts.ts"),
  ]);
  const [page, checksums] = [await pageCode(), await checksumsOf(texts)];
  const tableSums = runTables.checksums;
  const uncited = await buildManifest(sweep, {
    page,
    files: { ...tableSums, ...checksums, ...copied },
    git: await state,
    rows: { runs, ...derived },
  });
  Object.assign(texts, citationTexts({ manifest: uncited, runs, ...derived }));
  const manifest = { ...uncited, files: { ...tableSums, ...await checksumsOf(texts), ...copied } };
  const input = await drawn.complete({ manifest, runs, ...derived }, sorted, {
    experiment,
    ...reading,
  });
  signal.throwIfAborted();
  texts[OTHER_FILES.report.name] = await renderReport(input);
  const files = { ...tableSums, ...await checksumsOf(texts), ...copied };
  texts[OTHER_FILES.manifest.name] = manifestText({ ...manifest, files });
  using written = await NewFiles.write(folder, texts, signal);
  // Files of two sweeps at once must not be mixed.
  const claim = await FileClaim.wait(join(folder, RESULTS_CLAIM), signal);
  try {
    if (sweep.unfinished && await hasCompleteResults(folder)) return undefined;
    const others = await checkCitationFiles(folder, texts);
    // What an earlier sweep left, and this one does not have.
    const before = [...(await filesBefore(folder)).keys()];
    for (const name of before.filter((name) => isCopyName(name) && !(name in copied))) {
      await removeWithin(folder, name);
    }
    await writeCopies(folder, copies);
    signal.throwIfAborted();
    for (const { name } of RESULT_FILES) {
      if (name in files || name in texts || others.includes(name)) continue;
      removeIfThere(join(folder, name));
    }
    runTables.name();
    written.name();
  } finally {
    claim.release();
  }
  await syncFolder(folder);
  return input;
}

/** Keeps the state of the program for what this process writes next, unless it cannot be told now. */
async function keepState(state: Promise<GitState>): Promise<GitState> {
  const found = await state;
  if (found.clean !== null) knownState ??= found;
  return found;
}

async function checksumsOf(texts: Readonly<Record<string, string>>): Promise<Manifest["files"]> {
  const checksums: Record<string, string> = {};
  for (const [name, text] of Object.entries(texts)) checksums[name] = await sha256(text);
  return checksums;
}
