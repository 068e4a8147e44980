import type { z } from "zod";
import type { Standardization } from "../dataset/preparation_options.ts";
import { whereLooked } from "../files/working_folder.ts";
import type { Place, Problem } from "../user_error.ts";
import { applyOverrides, leaveOut } from "./_apply_overrides.ts";
import { type CheckedSections, checkSections } from "./_check_sections.ts";
import { halvingProblems } from "./_halving_problems.ts";
import { BUILT_IN_ONLY, type NamedTrainers, withNames } from "./_own_trainers.ts";
import type { WrittenDataset, WrittenExperiment } from "./experiment.ts";
import { type CellsResolution, type MadeCells, makeCells } from "./grid/make_cells.ts";
import { type ExperimentChanges, formatOverrides, parseOverrides } from "./overrides.ts";
import type { ExperimentSchema } from "./schema/experiment_schema.ts";
import { type LoadedSource, pathFrom } from "./source/load_source.ts";
import { isMapping } from "./source/mapping.ts";
import { parseYaml } from "./source/parse_yaml.ts";
import { problemsInOrder } from "./source/problems_in_order.ts";
import type { YamlSource } from "./source/yaml_source.ts";
import { tableOptionsOf } from "./table_options_of.ts";

/** How features are standardized unless the experiment says otherwise, or its dataset. */
const USUAL_STANDARDIZATION: Standardization = "feature";

/** Where an experiment's dataset is. */
export interface DatasetFile {
  readonly path: string;
  /** Where the experiment says so, or the option. */
  readonly place: Place;
  /** What its path is relative to, in words; undefined if it is absolute. */
  readonly start?: string;
  /** The file of the test rows, if the experiment names one. */
  readonly test?: Pick<DatasetFile, "path" | "place" | "start">;
}

export interface BuiltExperiment {
  /** In the order of the file. */
  readonly problems: readonly Problem[];
  /** Present if there are no problems. */
  readonly experiment?: WrittenExperiment;
  /** Where the dataset is, and what says so; present even if other things are wrong. */
  readonly dataset?: DatasetFile;
}

/**
 * Builds an experiment from its file, and finds all that is wrong with it at once.
 *
 *   YAML with what it extends -> checked sections -> (overridden) -> cells -> experiment
 *
 * Each text is parsed once, and the grid expanded once. Only if overrides leave something wrong or
 * without a match, the file is also resolved without them, to find out whose mistake it is.
 *
 * Paths in the text are relative to `file`.
 *
 * @param assumed How features are standardized if the experiment does not say; a guess, unless the dataset
 * is known.
 * @param named The trainers that it may name; what it has of its own has its name already.
 * @throws {UserError} If the overrides do not suit the experiment's trainers.
 */
export function buildExperiment(
  { source, problems: loading, extended }: LoadedSource,
  file: string,
  typed: ExperimentChanges = {},
  assumed: Standardization = USUAL_STANDARDIZATION,
  { trainers, own, names, problems: ofTrainers }: NamedTrainers = BUILT_IN_ONLY,
): BuiltExperiment {
  // Without a trainer, nobody knows which hyperparameters there are.
  if (!source || ofTrainers.length > 0) {
    return { problems: problemsInOrder([...loading, ...ofTrainers]) };
  }
  const overrides = withNamesOf(typed, names);
  const written = checkSections(source, trainers);
  const dataset = datasetOf(written, overrides);
  const { dataset: _, ...others } = overrides;
  // Without a dataset, there is nothing that its option could change.
  const usable = written.raw.dataset === undefined ? others : overrides;
  const options = formatOverrides(usable);
  const isRight = loading.length === 0 && written.problems.length === 0;
  const resolution = options === "" || !isRight
    ? resolve(written, {}, assumed)
    : resolveOverridden(written, usable, `${file} with ${options}`, assumed);

  const problems = problemsInOrder([
    ...loading,
    ...resolution.problems,
    ...fileProblems(written, overrides),
    ...seedsProblems(written, overrides),
  ]);
  const { checked, made } = resolution;
  if (problems.length > 0 || !made) return { problems, dataset };
  // Without a problem, no section is missing.
  const sections = checked.sections as z.output<ExperimentSchema>;
  const {
    name,
    description,
    tags = [],
    notes = "",
    cite,
    metric,
    measures,
    equivalence,
    budget,
    launcher,
  } = sections;
  const { scope = "new_data" } = sections;
  const { cells, duplicates, baseline, outline, placeOf, search } = made;
  const { halving } = resolution;
  const experiment: WrittenExperiment = {
    name,
    description,
    ...tags.length > 0 && { tags },
    ...notes !== "" && { notes },
    ...cite && { cite },
    file,
    ...dataset && sections.dataset && { dataset: writtenDataset(sections.dataset, dataset) },
    trainers,
    ...own.length > 0 && { ownTrainers: own },
    ...dependsOnStandardization(checked) && { cellsAssume: assumed },
    cells,
    sweptKeys: cells.sweptKeys,
    fixed: sections.fixed ?? {},
    duplicates,
    baseline,
    outline: { extends: extended, ...outline },
    seeds: checked.seeds,
    ...checked.looks && { looks: checked.looks },
    ...metric !== undefined && { metric },
    ...measures !== undefined && { measures },
    ...equivalence !== undefined && { equivalence },
    scope,
    ...halving && { halving },
    ...search && { search },
    ...budget !== undefined && { budgetSeconds: budget },
    launcher,
    places: {
      dataset: dataset?.place ?? { file },
      split: splitPlace(checked.source),
      of: (path) => checked.source.place(path),
      ofValue: ({ trainer, config, preparation }, key) => {
        return placeOf(cells.indexOfConfig(trainer, config, preparation), key);
      },
    },
    document: checked.source.document,
  };
  return { problems, dataset, experiment };
}

function writtenDataset(
  options: NonNullable<z.output<ExperimentSchema>["dataset"]>,
  { path, test }: DatasetFile,
): WrittenDataset {
  const { split, standardize, impute } = options;
  return {
    ...tableOptionsOf(options),
    ...test && { testPath: test.path },
    path,
    split,
    standardize,
    ...impute !== undefined && { impute },
  };
}

/**
 * Whether cells depend on how features are standardized, and the experiment leaves that to its dataset:
 * only then can the same cells be duplicates on one dataset and not on another.
 */
function dependsOnStandardization({ raw, sections }: CheckedSections): boolean {
  const { grid, exclude, only, baseline } = raw;
  const isNamed = JSON.stringify([grid, exclude, only, baseline]).includes("standardize");
  const { dataset } = sections;
  return isNamed && dataset !== undefined && dataset.standardize === undefined;
}

function splitPlace(source: YamlSource): Place {
  const path = ["dataset", "split"];
  return source.placeOfKey(source.has(path) ? path : ["dataset"]);
}

/** Overrides with names of trainers in place of their paths. */
function withNamesOf(
  overrides: ExperimentChanges,
  names: NamedTrainers["names"],
): ExperimentChanges {
  const { set, only } = overrides;
  if (names.size === 0) return overrides;
  const rename = (text: string) => withNames(text, names);
  return {
    ...overrides,
    ...set && { set: set.map(rename) },
    ...only && { only: only.map(rename) },
  };
}

/** An experiment's sections with the cells that they make. */
interface Resolution extends Pick<CellsResolution, "idle" | "problems"> {
  readonly checked: CheckedSections;
  readonly made?: MadeCells;
  readonly halving?: WrittenExperiment["halving"];
}

/**
 * @param overrides Those that are in the source.
 * @param assumed How features are standardized if the experiment does not say.
 */
function resolve(
  checked: CheckedSections,
  overrides: ExperimentChanges,
  assumed: Standardization,
): Resolution {
  const { source, sections, trainers, named, seeds, hasCells, suitsTrainers } = checked;
  const { trainer, dataset: { standardize = assumed, impute = "median" } = {} } = sections;
  if (!hasCells || trainer === undefined) return { checked, problems: checked.problems, idle: [] };
  const { made, problems, idle } = makeCells({
    trainer,
    trainers,
    named,
    fixed: sections.fixed ?? {},
    preparation: { standardize, impute },
    grid: sections.grid,
    exclude: sections.exclude,
    only: sections.only,
    baseline: suitsTrainers ? sections.baseline : undefined,
    ...onlyOptions(overrides),
    seeds: seeds.length * (sections.dataset?.split?.folds ?? 1),
  }, source);
  const halving = readHalving(checked);
  const { mayLackBaseline } = onlyOptions(overrides);
  // To train one run of a single cell, nothing has to be decided.
  const isAlone = made?.cells.length === 1 && checked.looks && !mayLackBaseline;
  const all = [
    ...checked.problems,
    ...problems,
    ...isAlone ? [undecidable(source)] : [],
    ...made && suitsTrainers && halving
      ? halvingProblems({ cells: made.cells, trainers }, halving, source)
      : [],
  ];
  return { checked, made, halving, problems: all, idle };
}

/**
 * Resolves an experiment with overrides.
 *
 * Exclusions and conditional blocks that match nothing because of the overrides are left out, and so
 * is a baseline that `--only` leaves out, for a command that may lack it.
 *
 * @param written The experiment without them; each of its sections is right by itself.
 * @param label What problems call the experiment with its overrides.
 */
function resolveOverridden(
  written: CheckedSections,
  overrides: ExperimentChanges,
  label: string,
  assumed: Standardization,
): Resolution {
  const { mayLackBaseline } = onlyOptions(overrides);
  const { trainers, named } = written;
  const resolveSource = (source: YamlSource) => {
    return resolve(checkSections(source, trainers), overrides, assumed);
  };
  const changes = parseOverrides(overrides, trainers, named);
  let overridden = resolveSource(applyOverrides(written.source, changes));
  if (overridden.problems.length > 0) {
    const alone = resolve(written, {}, assumed);
    if (alone.problems.length > 0) return alone;
  }
  for (;;) {
    const idle = overridden.idle.filter(([section]) => section !== "baseline" || mayLackBaseline);
    if (idle.length === 0) break;
    overridden = resolveSource(leaveOut(overridden.checked.source, idle));
  }
  const { checked, made, problems } = overridden;
  if (problems.length > 0) {
    const shown = shownSource(checked.source, label);
    return shown ? resolveSource(shown) : overridden;
  }
  if (!made) return overridden;
  const placeOf = (index: number, key: string) => {
    const shown = shownSource(checked.source, label);
    return (shown ? resolveSource(shown).made ?? made : made).placeOf(index, key);
  };
  const source = made.lacksBaseline ? leaveOut(checked.source, [["baseline"]]) : checked.source;
  return { ...overridden, made: { ...made, placeOf }, checked: { ...checked, source } };
}

/** A source with overrides in it, parsed again: they have no lines in the file. */
function shownSource({ document }: YamlSource, label: string): YamlSource | undefined {
  return parseYaml(document.toString({ lineWidth: 0 }), label).source;
}

/** What `makeCells()` has to know about overrides. */
function onlyOptions({ only = [], mayLackBaseline = false }: ExperimentChanges) {
  const isOnlyOverridden = only.length > 0;
  return { isOnlyOverridden, mayLackBaseline: mayLackBaseline && isOnlyOverridden };
}

/** Successive halving as the file specifies it, if its sections are right. */
function readHalving({ sections }: CheckedSections): WrittenExperiment["halving"] {
  const { successive_halving: halving } = sections;
  if (!halving) return undefined;
  const { metric, min_steps: minSteps, eta } = halving;
  return { ...metric !== undefined && { metric }, minSteps, eta };
}

/** A single cell has nothing to be compared with, so no number of seeds decides it. */
function undecidable(source: YamlSource): Problem {
  return {
    message: "Cannot use until decided: there is a single cell, and nothing to compare it with",
    place: source.placeOfKey(["seeds", "until"]),
    hint: "seeds can be a number or a list",
  };
}

function datasetOf(
  { raw: { dataset }, source, issues }: CheckedSections,
  overrides: ExperimentChanges,
): DatasetFile | undefined {
  if (!isMapping(dataset)) return undefined;
  const fileAt = (key: "path" | "test", given: string | undefined) => {
    const keys = ["dataset", key];
    const path = dataset[key];
    const isWrong = issues.some(({ path }) => keys.every((key, index) => path[index] === key));
    if (typeof path !== "string" || isWrong) return undefined;
    if (given !== undefined) {
      const place = { file: formatOverrides({ [key === "path" ? "dataset" : key]: given }) };
      return { path: given, place, start: whereLooked(given) };
    }
    const start = "paths are relative to this file";
    return { path: pathFrom(source.originOf(keys).file, path), place: source.place(keys), start };
  };
  const [file, test] = [fileAt("path", overrides.dataset), fileAt("test", overrides.test)];
  return file && { ...file, ...test && { test } };
}

/** A number of seeds cannot take the place of seeds until cells are decided: verdicts rest on these. */
function seedsProblems({ raw }: CheckedSections, { seeds }: ExperimentChanges): Problem[] {
  if (seeds === undefined || !isMapping(raw.seeds)) return [];
  const message = `Cannot use ${
    formatOverrides({ seeds })
  }: the experiment's seeds go on until its cells are decided`;
  return [{ message, hint: "change from and to in the file" }];
}

/** `--dataset` and `--test` say where files are that the experiment names, not that it has them. */
function fileProblems(
  { raw: { dataset } }: CheckedSections,
  { dataset: path, test }: ExperimentChanges,
): Problem[] {
  if (dataset === undefined && path !== undefined) {
    const option = formatOverrides({ dataset: path });
    return [{ message: `Cannot use ${option}: the experiment has no dataset` }];
  }
  if (test === undefined || !isMapping(dataset) || dataset.test !== undefined) return [];
  const message = `Cannot use ${
    formatOverrides({ test })
  }: the experiment names no file of test rows`;
  return [{ message, hint: "its dataset can have test: FILE" }];
}
