import type { Problem } from "../../user_error.ts";
import type { Columns } from "./columns.ts";
import type { NodePath, YamlSource } from "../source/yaml_source.ts";
import { listWords } from "../schema/allowed_values.ts";
import { formatValue } from "../../trainers/format_value.ts";
import type { Pattern } from "./pattern.ts";

const LONGEST_LIST = 8;

/** Says that a pattern matches no cell or combination, and why if one of its conditions never holds. */
export function unmatchedProblem(
  what: string,
  { path, pattern = [] }: { readonly path: NodePath; readonly pattern?: Pattern },
  columns: Columns,
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
