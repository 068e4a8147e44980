import { type Place, type Problem, UserError } from "../user_error.ts";
import { halvingProblems } from "./_halving_problems.ts";
import { loadSource, mergedText, pathFrom, type ReadText } from "./source/load_source.ts";
import { isMapping, type Mapping } from "./source/mapping.ts";
import { problemsInOrder } from "./source/problems_in_order.ts";
import { resolveSections } from "./_check_sections.ts";
import { schemaProblems } from "./schema/schema_problems.ts";
import type { YamlSource } from "./source/yaml_source.ts";
import type { Experiment, Halving } from "./experiment.ts";
import { type ExperimentSchema, experimentSchema } from "./schema/experiment_schema.ts";
import { experimentText } from "./experiment_text.ts";
import { formatOverrides, type Overrides } from "./overrides.ts";
import { trainersIn } from "./schema/trainers_in.ts";

export interface CheckedExperiment {
  /** In the order of the file. */
  readonly problems: readonly Problem[];
  /** Given if there are no problems. */
  readonly experiment?: Experiment;
  /** Where the dataset is and where the file says so, if it does, whatever else is wrong. */
  readonly dataset?: { readonly path: string; readonly place: Place };
}

/**
 * Checks and resolves the text of an experiment, and finds all that is wrong with it at once.
 *
 * Paths in it are relative to `file`. The text has to be right by itself before it is overridden.
 *
 * @param read Reads the files that it extends.
 * @throws {UserError} If the overrides do not suit the experiment's trainers.
 */
export function checkExperiment(
  text: string,
  file: string,
  overrides: Overrides = {},
  read: ReadText = readNothing,
): CheckedExperiment {
  const checked = checkText(text, file, file, read);
  const options = formatOverrides(overrides);
  if (!checked.experiment || options === "") return checked;
  const changed = experimentText(mergedText(text, file, read), overrides);
  const { experiment, ...rest } = checkText(changed, file, `${file} with ${options}`, read);
  if (!experiment) return rest;
  const outline = { ...experiment.outline, extends: checked.experiment.outline.extends };
  return { ...rest, experiment: { ...experiment, outline } };
}

function readNothing(file: string): never {
  throw new UserError(`Cannot read ${file}: an experiment that is no file extends none`);
}

/** @param label What problems call the file. */
function checkText(
  text: string,
  file: string,
  label: string,
  read: ReadText,
): CheckedExperiment {
  const { source, problems: loading, extended } = loadSource(text, label, read, [file]);
  if (!source) return { problems: problemsInOrder(loading) };
  const { value } = source;
  const raw = isMapping(value) ? value : {};
  const schema = experimentSchema(trainersIn(raw));
  const parsed = schema.safeParse(value);
  const resolved = resolveSections(raw, schema, source);
  const dataset = findDataset(raw, file, schema, source);
  const halving = readHalving(raw, schema);
  const problems = problemsInOrder([
    ...loading,
    ...schemaProblems(parsed.error?.issues ?? [], schema, source),
    ...resolved.problems,
    ...halving && resolved.sections
      ? halvingProblems(resolved.sections.cells, halving, source)
      : [],
  ]);
  if (problems.length > 0 || !parsed.data || !resolved.sections || !dataset) {
    return { problems, dataset };
  }
  const { name, description, metric, equivalence, launcher } = parsed.data;
  const { outline, ...sections } = resolved.sections;
  return {
    problems,
    dataset,
    experiment: {
      name,
      description,
      file,
      dataset: { ...parsed.data.dataset, path: dataset.path },
      ...sections,
      outline: { extends: extended, ...outline },
      metric,
      equivalence,
      ...halving && { halving },
      launcher,
    },
  };
}

/** What the sections about halving say, if they are right. */
function readHalving(
  { metric, successive_halving: section }: Mapping,
  { shape }: ExperimentSchema,
): Halving | undefined {
  const { data: halving } = shape.successive_halving.safeParse(section);
  const { data: ownMetric } = shape.metric.safeParse(metric);
  if (!halving || !ownMetric) return undefined;
  return { metric: halving.metric ?? ownMetric, minSteps: halving.min_steps, eta: halving.eta };
}

function findDataset(
  { dataset }: Mapping,
  file: string,
  { shape }: ExperimentSchema,
  source: YamlSource,
): CheckedExperiment["dataset"] {
  if (!isMapping(dataset)) return undefined;
  const { data: path } = shape.dataset.shape.path.safeParse(dataset.path);
  if (path === undefined) return undefined;
  const place = source.place(["dataset", "path"]);
  const { file: origin } = source.originOf(["dataset", "path"]);
  return { path: pathFrom(origin === source.text.file ? file : origin, path), place };
}
