import type { Problem } from "../../user_error.ts";
import type { Mapping } from "../source/mapping.ts";
import { sweptKeys } from "../source/swept_keys.ts";
import type { YamlSource } from "../source/yaml_source.ts";
import { preparationRow } from "./preparation_rows.ts";

/** Finds what an experiment lacks because it has no dataset, and what only a dataset gives sense. */
export function withoutDatasetProblems(raw: Mapping, source: YamlSource): Problem[] {
  const { dataset, metric, measures, grid } = raw;
  if (dataset !== undefined) return [];
  return [
    ...metric === undefined
      ? [{
        message: 'Missing key "metric"',
        place: source.place([]),
        hint: "without a dataset, it says what cells are compared by, such as " +
          "{key: seconds, better: smaller}",
      }]
      : [],
    ...measures === undefined ? [] : [{
      message: "Cannot use measures: the experiment has no dataset to compute them on",
      place: source.placeOfKey(["measures"]),
    }],
    ...[...sweptKeys(grid)].filter(({ key }) => preparationRow(key)).map(({ key, path }) => ({
      message: `Cannot sweep ${key}: the experiment has no dataset`,
      place: source.placeOfKey(path),
    })),
  ];
}
