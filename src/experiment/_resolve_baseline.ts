import type { Problem } from "../user_error.ts";
import type { YamlSource } from "./_yaml_source.ts";
import { listWords } from "./allowed_values.ts";
import type { ExpandedGrid } from "./expand_grid.ts";
import { findBaseline } from "./find_baseline.ts";
import { formatValue } from "./format_value.ts";
import type { Config, TrainerName } from "./hyperparameters.ts";

const LONGEST_LIST = 8;

/** The index of the baseline's cell, or why there is no such cell. */
export function resolveBaseline(
  trainer: TrainerName,
  fixed: Config,
  { cells, sweptKeys }: ExpandedGrid,
  baseline: Config,
  source: YamlSource,
): number | Problem {
  const found = findBaseline(trainer, cells, fixed, baseline);
  if (found.length === 1) return found[0].index;
  const valuesOf = (key: string) => [
    ...new Set((found.length > 0 ? found : cells).map((cell) => formatValue(cell.config[key]))),
  ];
  const typed = ["baseline", source.typed(["baseline"])].filter(Boolean).join(" ");
  const place = source.place(["baseline"]);
  if (found.length > 1) {
    const open = sweptKeys.filter((key) => valuesOf(key).length > 1);
    return {
      message: `Cannot use ${typed}: ${found.length} cells have these values`,
      place,
      hint: `it must also say which ${listWords(open)}`,
    };
  }
  const message = `Cannot use ${typed}: no cell has these values`;
  const absent = Object.keys(baseline).find((key) => {
    return !valuesOf(key).includes(formatValue(baseline[key]));
  });
  if (!absent || valuesOf(absent).length > LONGEST_LIST) return { message, place };
  return { message, place, hint: `${absent} is ${listWords(valuesOf(absent))}` };
}
