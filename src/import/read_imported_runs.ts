import { basename } from "node:path";
import { quoted } from "../dataset/quote.ts";
import { openSource } from "../dataset/open_source.ts";
import { readDatasetBytes } from "../dataset/read_dataset.ts";
import type { TableSource } from "../dataset/table_source.ts";
import { asUserError } from "../files/as_user_error.ts";
import { readFile } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { countOf, formatCount } from "../format_number.ts";
import { listSome } from "../list_words.ts";
import { TAKEN_BY_MEASURES } from "../measures/fixed_columns.ts";
import type { OwnMetric } from "../measures/metrics.ts";
import { nearest } from "../nearest.ts";
import type { ImportedManifest, ManifestImport } from "../results/manifest.ts";
import type { RunRow } from "../results/run_row.ts";
import { sha256 } from "../sha256.ts";
import { type Problem, UserError } from "../user_error.ts";
import { columnKey, columnLabel } from "./_column_key.ts";
import { findColumns, type FoundColumns } from "./_find_columns.ts";
import { findCell, nameCells, type NamedCells } from "./_name_cells.ts";
import { type NumberedSeeds, numberSeeds } from "./_number_seeds.ts";
import { readRuns, SomeProblems, type TableRuns } from "./_read_runs.ts";
import type { ImportOptions } from "./import_options.ts";

/** Cells that a report can compare; a column with more values says something else. */
const MOST_CELLS = 10_000;
/** Cells that a message lists. */
const MOST_LISTED = 12;

/** The runs of a table, as result files have them. */
export interface ImportedRuns
  extends Pick<ImportedManifest, "experiment" | "imported" | "failures"> {
  /** By cell and then by seed. */
  readonly runs: readonly RunRow[];
  /** A column that says how runs ended, in several words, which nobody asked about; its values. */
  readonly states?: { readonly column: string; readonly values: readonly string[] };
}

/**
 * Reads runs that another tool exported, and checks that they can be compared.
 *
 * @param name The name of the results.
 * @throws {UserError} If the file is no table, has no such columns, or its rows are no runs of cells and
 * seeds; every problem at once.
 */
export async function readImportedRuns(
  file: string,
  name: string,
  options: ImportOptions,
): Promise<ImportedRuns> {
  const bytes = await readDatasetBytes(file);
  const source = await openSource(bytes, file, {});
  const columns = findColumns(source, options);
  const problems = new SomeProblems();
  const table = readRuns(source, columns, problems);
  const cells = nameCells(columns.cell.map((field) => source.names[field]), table.cells);
  const seeds = numberSeeds(table.seeds);
  checkCells(cells, source, options);
  findRepeats(source, table, { cells, seeds, problems });
  const baseline = baselineOf(options.baseline, cells, { source, columns });
  const all = [...problems.list(file), ...typeof baseline === "string" ? [] : [baseline]];
  if (typeof baseline !== "string" || all.length > 0) throw new UserError(all);
  const metric = metricOf(options, columns);
  const { better } = metric;
  const { runs, failures } = rowsOf(source, columns, { table, cells, seeds, metric });
  return {
    experiment: {
      ...{ name, description: "", file: basename(file), metric },
      largerIsBetter: better === "larger",
      ...options.equivalence !== undefined && { equivalence: options.equivalence },
      baseline,
      swept: cells.swept,
      fixed: {},
      cells: cells.cells,
      seeds: [...new Set(seeds.seeds)].sort((a, b) => a - b),
    },
    imported: {
      checksum: await checksumOf(file, bytes),
      ...{ rows: table.rows, leftOut: table.leftOut },
      columns: columnNames(source, columns),
      where: options.where,
      ...seeds.names && { seedNames: seeds.names },
      ...options.overlap !== undefined && { overlap: options.overlap },
    },
    ...{ runs, failures },
    ...table.states && { states: table.states },
  };
}

/** Of the file as it is, which is what other programs compute, too. */
async function checksumOf(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (!file.endsWith(".gz")) return await sha256(bytes);
  try {
    return await sha256(await readFile(file, { maxBytes: SIZE_LIMITS.dataset }));
  } catch (error) {
    throw asUserError(error, `Cannot read ${file}`);
  }
}

function columnNames(
  { names }: TableSource,
  { cell, seed, metric }: FoundColumns,
): ManifestImport["columns"] {
  return {
    cell: cell.map((field) => names[field]),
    seed: seed.map((field) => names[field]),
    metric: metric.map(({ field }) => names[field]),
  };
}

/** @throws {UserError} If there are too many. */
function checkCells(
  { cells: { length } }: NamedCells,
  { file }: TableSource,
  { cell }: ImportOptions,
): void {
  if (length <= MOST_CELLS) return;
  throw new UserError({
    message: `Cannot import ${countOf(length, "cell")} from ${file}: there can be ` +
      formatCount(MOST_CELLS),
    hint: `a cell is a setting that several seeds have; does ${quoted(cell[0])} number the runs?`,
  });
}

/** Finds seeds that a cell has twice. */
function findRepeats(
  { file, reading }: TableSource,
  { runs }: TableRuns,
  { cells, seeds, problems }: {
    readonly cells: NamedCells;
    readonly seeds: NumberedSeeds;
    readonly problems: SomeProblems;
  },
): void {
  const word = reading.format === "parquet" ? "row" : "line";
  const first = new Map<number, Map<number, number>>();
  for (const { cell, seed, line } of runs) {
    const [place, number] = [cells.places[cell], seeds.seeds[seed]];
    const lines = first.get(place) ?? new Map<number, number>();
    first.set(place, lines);
    const before = lines.get(number);
    if (before === undefined) {
      lines.set(number, line);
      continue;
    }
    const named = seeds.names ? quoted(seeds.names[seed]) : number;
    problems.add("runs of a cell and a seed that are there already", () => ({
      message: `Cell ${quoted(cells.cells[place].name)} has seed ${named} twice: ` +
        `in ${word} ${before} and in ${word} ${line}`,
      hint:
        "leave one out; or if another column tells them apart, it is part of the cell or the seed",
      place: { file, line },
    }));
  }
}

/** The baseline's name, or that there is no such cell. */
function baselineOf(
  typed: string,
  cells: NamedCells,
  { source: { file, names }, columns }: {
    readonly source: TableSource;
    readonly columns: FoundColumns;
  },
): string | Problem {
  const found = findCell(typed, cells, columns.cell.map((field) => names[field]));
  if (found) return found.name;
  const all = cells.cells.map(({ name }) => name);
  const near = nearest(typed, all);
  return {
    message: `Cannot find the baseline ${quoted(typed)} in ${file}: the cells are ${
      listSome(all.map(quoted), MOST_LISTED)
    }`,
    hint: near === undefined ? undefined : `did you mean ${quoted(near)}?`,
  };
}

/** The metric, by the name that its column has, without a tool's prefix. */
function metricOf(
  { metric, better = "larger" }: ImportOptions,
  { metric: columns }: FoundColumns,
): OwnMetric & { readonly label: string } {
  const isSplit = columns.some(({ seed }) => seed !== undefined);
  const written = isSplit ? metric.replace("*", "_") : metric;
  const words = columnLabel(written, [written]).replaceAll(/[\s_]+/g, " ").trim();
  const key = columnKey(words, { taken: TAKEN_BY_MEASURES, fallback: "metric" });
  return { key, better, label: words === "" ? metric : words };
}

/** The lines of runs.csv, and why runs have no result. */
function rowsOf(
  { names, reading }: TableSource,
  columns: FoundColumns,
  { table, cells, seeds, metric: { key, label } }: {
    readonly table: TableRuns;
    readonly cells: NamedCells;
    readonly seeds: NumberedSeeds;
    readonly metric: OwnMetric & { readonly label: string };
  },
): Pick<ImportedRuns, "runs" | "failures"> {
  const word = reading.format === "parquet" ? "row" : "line";
  const isSplit = columns.metric.length > 1;
  const ordered = [...new Set(seeds.seeds)].sort((a, b) => a - b);
  const replicates = new Map(ordered.map((seed, replicate) => [seed, replicate]));
  const failures: ImportedManifest["failures"][number][] = [];
  const placeOf = (cell: number) => cells.places[cell];
  const sorted = table.runs.toSorted((a, b) =>
    placeOf(a.cell) - placeOf(b.cell) || seeds.seeds[a.seed] - seeds.seeds[b.seed]
  );
  const runs = sorted.map(({ cell: place, seed: seedPlace, value, lack, line, field }): RunRow => {
    const { name: cell, values } = cells.cells[placeOf(place)];
    const seed = seeds.seeds[seedPlace];
    const run = `${word} ${line}${isSplit ? `, ${names[field]}` : ""}`;
    const row = { run, cell, replicate: replicates.get(seed) ?? 0, seed, values };
    if (value !== undefined) return { ...row, status: "completed", measures: { [key]: value } };
    failures.push({ run, cell, seed, reason: `${label} is ${lack}, in ${run}` });
    return { ...row, status: "failed" };
  });
  return { runs, failures };
}
