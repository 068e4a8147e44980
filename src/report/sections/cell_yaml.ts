import { preparationRow } from "../../experiment/schema/preparation_rows.ts";
import type { Manifest } from "../../results/manifest.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";

/** Words that YAML takes for text without quotes. */
const PLAIN = /^[A-Za-z][\w./-]*$/;
/** Those that it, or an older version of it, takes for something else. */
const NO_TEXT = /^(true|false|null|yes|no|on|off|y|n)$/i;

/**
 * A cell's settings as lines of an experiment file: all that it has in common with the others under
 * `fixed`, and what is its own. Where cells have different trainers or prepare rows in different ways,
 * these are in the sections where an experiment has them.
 *
 * @param cell Its name in the CSV files.
 */
export function cellYaml(
  cell: string,
  { experiment, own = [] }: Pick<Manifest, "experiment" | "own">,
): string {
  const { values = {} } = experiment.cells.find(({ name }) => name === cell) ?? {};
  const { trainer, ...swept } = values;
  // A key that means nothing to the cell's trainer has an empty value.
  const all = Object.entries({ ...experiment.fixed, ...swept }).filter(([, value]) => value !== "");
  const isPrepared = ([key]: [string, unknown]) => preparationRow(key) !== undefined;
  // Where the file of an own trainer is, the experiment says.
  const isOwn = own.some(({ name }) => name === trainer);
  return [
    ...trainer === undefined ? [] : [`${isOwn ? "# " : ""}trainer: ${yamlOf(trainer)}`],
    ...section("dataset", all.filter(isPrepared)),
    ...section("fixed", all.filter((entry) => !isPrepared(entry))),
  ].join("\n");
}

function section(name: string, values: readonly [string, HyperparameterValue][]): string[] {
  if (values.length === 0) return [];
  return [`${name}:`, ...values.map(([key, value]) => `  ${key}: ${yamlOf(value)}`)];
}

function yamlOf(value: HyperparameterValue): string {
  if (typeof value === "object") return `[${value.map(yamlOf).join(", ")}]`;
  const isPlain = typeof value !== "string" || PLAIN.test(value) && !NO_TEXT.test(value);
  return isPlain ? String(value) : JSON.stringify(value);
}
