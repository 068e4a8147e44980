import { basename, dirname, isAbsolute } from "node:path";
import { FEWEST_ROWS_PER_CLASS } from "../../dataset/columns/check_target.ts";
import type { Dataset } from "../../dataset/dataset.ts";
import { inspectTable } from "../../dataset/inspect_table.ts";
import { partSizes } from "../../dataset/part_sizes.ts";
import { quoted } from "../../dataset/quote.ts";
import { readDataset, readDatasetBytes } from "../../dataset/read_dataset.ts";
import type { ColumnType, DroppedRowCounts } from "../../dataset/table_facts.ts";
import type { DroppedRows } from "../../dataset/table_options.ts";
import { typedTarget } from "../../dataset/typed_target.ts";
import { lookAt } from "../../files/facts.ts";
import { writeNewFile } from "../../files/write_new_file.ts";
import { listSome } from "../../list_words.ts";
import type { Starter, TableShape } from "../../trainers/starter.ts";
import { BUILT_IN } from "../../trainers/trainers.ts";
import { relativePath } from "../../relative_path.ts";
import { UserError } from "../../user_error.ts";
import { parse } from "../../yaml.ts";
import type { Experiment } from "../experiment.ts";
import type { OpenedOnDataset } from "../open_experiment.ts";
import { parseWritten } from "../parse_experiment.ts";
import { settleExperiment } from "../settle_experiment.ts";
import type { Mapping } from "../source/mapping.ts";
import { textToKeep } from "../text_to_keep.ts";
import { type Entry, flowYaml } from "./annotated_yaml.ts";
import { datasetEntries } from "./dataset_entries.ts";
import { findTarget } from "./find_target.ts";
import { starterText } from "./starter_text.ts";

/** Types of columns that can be predicted. */
const PREDICTABLE: ReadonlySet<ColumnType> = new Set(["number", "boolean", "category"]);
/** Columns that a message lists. */
const MOST_LISTED = 20;
/** A class is rare if it has less than a third of what each class would have in a balanced table. */
const RARE_SHARE = 1 / 3;
/** Rare classes are left out if they have no larger share of the rows: more is for the user to say. */
const MOST_RARE = 0.1;
/** Seeds for tables up to so many rows: more rows take longer, and differ less between seeds. */
const SEEDS = [{ rows: 5000, seeds: 10 }, { rows: 50_000, seeds: 5 }, { rows: Infinity, seeds: 3 }];

/** How a first experiment is written. */
export interface InitOptions {
  /** The column to predict: its name or its number, as typed. */
  readonly target?: string;
  /** The experiment's file; by default, the table's name in the working folder. */
  readonly output?: string;
}

/** An experiment that was written. */
export interface WrittenStarter {
  readonly path: string;
  readonly experiment: Experiment;
  /** Rows of the table that it leaves out. */
  readonly droppedRows: DroppedRowCounts;
}

/**
 * Writes an experiment to begin with for a table, in which a comment explains each choice.
 *
 * @throws {UserError} If the table cannot be read, nobody can know which column to predict, or the file
 * is there already.
 */
export async function initExperiment(table: string, options: InitOptions): Promise<WrittenStarter> {
  const path = options.output ?? `${nameOf(table)}.yaml`;
  if (lookAt(path)) {
    const hint = "name another file with --output";
    throw new UserError({ message: `Cannot write ${path}: it is there already`, hint });
  }
  const { target, reason } = await targetOf(table, options.target);
  const opened = await openMinimal(table, path, target);
  const text = await explainedText(table, opened, { path, reason });
  // What was written is read as any experiment, so that it cannot be wrong.
  const experiment = settleExperiment(parseWritten(text, path), opened.dataset);
  await writeNewFile(path, text);
  return { path, experiment, droppedRows: opened.dataset.facts.droppedRows };
}

/** A name for an experiment, from that of its table. */
function nameOf(table: string): string {
  const stem = basename(table).replace(/\.gz$/i, "").replace(/(\.tab)?\.\w+$/, "");
  const letters = stem.normalize("NFKD").replace(/\p{M}/gu, "");
  return letters.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^-+|-+$/g, "") || "table";
}

/** The column to predict, as the experiment says it, and why it is that one. */
interface ChosenTarget {
  readonly target: string | number;
  readonly reason: string;
}

/** @throws {UserError} If the table cannot be read, or its target is not unmistakable. */
async function targetOf(table: string, typed?: string): Promise<ChosenTarget> {
  if (typed !== undefined) return { target: typedTarget(typed), reason: "" };
  const bytes = await readDatasetBytes(table);
  const { columns } = await inspectTable(bytes, table);
  const candidates = columns.map(({ name, type }) => ({ name, isUsable: PREDICTABLE.has(type) }));
  const found = await findTarget(candidates, async () => {
    const { task, classes } = await inspectTable(bytes, table, { target: -1 });
    return task === "classification" ? classes.length : 0;
  });
  if (found) return { target: found.name, reason: `, ${found.reason}` };
  const names = listSome(columns.map(({ name }) => quoted(name)), MOST_LISTED);
  throw new UserError({
    message: `Cannot tell which column of ${table} to predict: it has ${names}`,
    hint: "write --target and its name or number, such as --target 1 or --target -1",
  });
}

/** Opens an experiment that says no more than the table and its target. */
async function openMinimal(
  table: string,
  path: string,
  target: string | number,
): Promise<OpenedOnDataset> {
  const dataset = { path: pathFrom(dirname(path), table), target };
  const name = nameOf(path);
  const open = async (leftOut: Mapping) => {
    const text = flowYaml({ name, dataset: { ...dataset, ...leftOut } });
    const written = parseWritten(text, path);
    if (!written.dataset) throw new TypeError(`The dataset of ${path} is missing`);
    const { path: file, ...options } = written.dataset;
    const read = await readDataset(file, options);
    return { experiment: settleExperiment(written, read), dataset: read };
  };
  try {
    return await open({});
  } catch (error) {
    if (!(error instanceof UserError) || isOfFirstLine(error)) throw error;
    const rows = await rowsToLeaveOut(table, target);
    if (rows.length === 0) throw error;
    return await open({ drop_rows: rows });
  }
}

/** What is wrong with a table's first line may be that it names the columns after all. */
function isOfFirstLine({ problems }: UserError): boolean {
  return problems.some(({ place }) => place?.line === 1);
}

/** Rows that nothing can be done with: a few of a rare class, and those with an empty target. */
async function rowsToLeaveOut(table: string, target: string | number): Promise<DroppedRows[]> {
  const bytes = await readDatasetBytes(table);
  const { rows, columns, classes } = await inspectTable(bytes, table, { target });
  // A word such as none may be a class, so that only the user can know.
  const { columns: asWords } = await inspectTable(bytes, table, { target, missing: [] });
  const [missing, empty] = [columns, asWords].map((all) =>
    all.find(({ use }) => use === "target")?.missing ?? 0
  );
  const rare = classes.filter(({ rows }) => rows < FEWEST_ROWS_PER_CLASS);
  const rareRows = rare.reduce((sum, { rows }) => sum + rows, 0);
  return [
    ...missing > 0 && missing === empty ? ["missing_target" as const] : [],
    ...rareRows > 0 && rareRows <= MOST_RARE * rows ? ["rare_class" as const] : [],
  ];
}

/** A table's path from a folder; the path as it was typed if that is absolute and leads elsewhere. */
function pathFrom(folder: string, table: string): string {
  const path = relativePath(folder, table);
  return isAbsolute(table) && path.split("/")[0] === ".." ? table : path;
}

async function explainedText(
  table: string,
  { experiment, dataset }: OpenedOnDataset,
  { path, reason }: { readonly path: string; readonly reason: string },
): Promise<string> {
  const { task } = dataset;
  const kept: { readonly dataset: Mapping & { readonly split?: Mapping } } = parse(
    textToKeep(experiment, dirname(path)),
  );
  const { train, validation, test } = experiment.dataset.split;
  const split = { train, validation, test, ...kept.dataset.split };
  const isSkewed = hasRareClass(dataset);
  const settings = await starterOf({
    task,
    trainRows: partSizes(dataset.rows, experiment.dataset.split).train,
    columns: dataset.columns,
    isSkewed,
  });
  const { hyperparameters } = BUILT_IN.default;
  const offOf = (key: string) => hyperparameters.find((row) => row.key === key)?.default ?? 0;
  return starterText({
    name: experiment.name,
    table: basename(table),
    target: experiment.dataset.target,
    task,
    isSkewed,
    dataset: datasetEntries({ dataset, settled: { ...kept.dataset, split }, targetReason: reason }),
    settings,
    off: Object.fromEntries(settings.swept.map(({ key }) => [key, offOf(key)])),
    seeds: seedsEntry(dataset.rows),
  });
}

/** The settings that the default trainer begins with. */
async function starterOf(shape: TableShape): Promise<Starter> {
  const { name, starter } = BUILT_IN.default;
  if (!starter) throw new TypeError(`Trainer ${name} has no settings to begin with`);
  return await starter(shape);
}

function hasRareClass({ facts: { classes }, rows }: Pick<Dataset, "facts" | "rows">): boolean {
  return classes.some((entry) => entry.rows < RARE_SHARE * rows / classes.length);
}

function seedsEntry(rows: number): Entry {
  const seeds = SEEDS.find((row) => rows <= row.rows)?.seeds ?? 1;
  const comment = `each cell is trained ${seeds} times, with other rows and other initial weights`;
  return { key: "seeds", value: seeds, comment };
}
