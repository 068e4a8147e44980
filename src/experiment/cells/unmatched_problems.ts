import { listWords } from "../../list_words.ts";
import { formatValue } from "../../trainers/format_value.ts";
import type { Config } from "../../trainers/hyperparameter.ts";
import type { Problem } from "../../user_error.ts";
import type { NodePath, YamlSource } from "../source/yaml_source.ts";
import type { CellList } from "./cell_list.ts";
import type { Pattern } from "./pattern.ts";

const LONGEST_LIST = 8;

/** The problem of a pattern without a match, with the possible values if a condition never holds. */
export function unmatchedProblem(
  what: string,
  { path, pattern = [] }: { readonly path: NodePath; readonly pattern?: Pattern },
  { combinations: { columns } }: CellList,
  source: YamlSource,
): Problem {
  const message = `Cannot use ${source.named(path)}: it matches no ${what}`;
  const place = source.place(path);
  const failing = pattern.find(([key, condition]) => !columns.valuesOf(key).some(condition));
  if (!failing) return { message, place };
  const [key] = failing;
  const values = [...new Set(columns.valuesOf(key).map(formatValue))];
  if (values.length > LONGEST_LIST) return { message, place };
  return { message, place, hint: `${key} is ${listWords(values)}` };
}

/**
 * The problem of a baseline that refers to no cell, or to several.
 *
 * @param found The indexes of the cells that it may refer to: none, or more than one.
 */
export function baselineProblem(
  cells: CellList,
  baseline: Config,
  found: readonly number[],
  source: YamlSource,
): Problem {
  const typed = source.named(["baseline"]);
  const place = source.place(["baseline"]);
  if (found.length > 1) {
    const open = cells.sweptKeys.filter((key) => cells.valuesOf(key, found).size > 1);
    return {
      message: `Cannot use ${typed}: ${found.length} cells have these values`,
      place,
      hint: `it must also specify ${listWords(open)}`,
    };
  }
  const message = `Cannot use ${typed}: no cell has these values`;
  for (const [key, value] of Object.entries(baseline)) {
    const values = cells.valuesOf(key);
    if (values.has(formatValue(value))) continue;
    const hint = values.size <= LONGEST_LIST ? `${key} is ${listWords([...values])}` : undefined;
    return { message, place, hint };
  }
  return { message, place };
}
