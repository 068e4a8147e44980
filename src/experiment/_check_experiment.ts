import { dirname, isAbsolute, join } from "node:path";
import type { Place, Problem } from "../user_error.ts";
import { isMapping, type Mapping } from "./_mapping.ts";
import { parseYaml } from "./_parse_yaml.ts";
import { problemsInOrder } from "./_problems_in_order.ts";
import { resolveSections } from "./_resolve_sections.ts";
import { schemaProblems } from "./_schema_problems.ts";
import type { YamlSource } from "./_yaml_source.ts";
import type { Experiment } from "./experiment.ts";
import { type ExperimentSchema, experimentSchema } from "./experiment_schema.ts";
import { experimentText } from "./experiment_text.ts";
import { trainerNamed } from "./hyperparameters.ts";
import { formatOverrides, type Overrides } from "./overrides.ts";

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
 * @throws {UserError} If the overrides do not suit the experiment's trainer.
 */
export function checkExperiment(
  text: string,
  file: string,
  overrides: Overrides = {},
): CheckedExperiment {
  const checked = checkText(text, file, file);
  const options = formatOverrides(overrides);
  if (!checked.experiment || options === "") return checked;
  return checkText(experimentText(text, overrides), file, `${file} with ${options}`);
}

/** @param label What problems call the file. */
function checkText(text: string, file: string, label: string): CheckedExperiment {
  const { source, problems: syntaxProblems } = parseYaml(text, label);
  if (!source) return { problems: problemsInOrder(syntaxProblems) };
  const { value } = source;
  const raw = isMapping(value) ? value : {};
  const trainer = trainerNamed(raw.trainer);
  const schema = experimentSchema(trainer);
  const parsed = schema.safeParse(value);
  const resolved = resolveSections(raw, trainer, schema, source);
  const dataset = findDataset(raw, file, schema, source);
  const problems = problemsInOrder([
    ...syntaxProblems,
    ...schemaProblems(parsed.error?.issues ?? [], schema, source),
    ...resolved.problems,
  ]);
  if (problems.length > 0 || !parsed.data || !resolved.sections || !dataset) {
    return { problems, dataset };
  }
  const { name, description, metric, equivalence } = parsed.data;
  return {
    problems,
    dataset,
    experiment: {
      name,
      description,
      file,
      trainer,
      dataset: { ...parsed.data.dataset, path: dataset.path },
      ...resolved.sections,
      metric,
      equivalence,
    },
  };
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
  return {
    path: isAbsolute(path) ? path : join(dirname(file), path),
    place: source.place(["dataset", "path"]),
  };
}
