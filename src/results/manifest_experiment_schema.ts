import { z } from "zod";
import { type BestOfBatch, SCOPES } from "../experiment/experiment.ts";
import { listWords } from "../list_words.ts";
import {
  isLargerBetter,
  type Metric,
  metricColumn,
  METRICS,
  type OwnMetric,
} from "../measures/metrics.ts";
import type { Manifest, ManifestSearch } from "./manifest.ts";
import {
  count,
  decimals,
  flag,
  integerFrom,
  key,
  list,
  object,
  repeatedIn,
  type ShapeOf,
  text,
  values,
} from "./manifest_schema_parts.ts";

/** What cells are compared by, as manifest.json describes it. */
export const METRIC: z.ZodType<Metric> = z.union([
  text.refine((name) => METRICS.includes(name), { error: "there is no such metric" }),
  object(
    {
      key,
      better: z.enum(["larger", "smaller"], { error: "it must be larger or smaller" }),
      label: text.optional(),
      unit: text.optional(),
      decimals: decimals.optional(),
    } satisfies ShapeOf<OwnMetric>,
  ),
], { error: "it must be a metric" });

const cell = object({ name: text, technique: text, values });

const found = object(
  {
    cells: integerFrom(1),
    best: text.optional(),
    mean: z.number({ error: "it must be a number" }).optional(),
  } satisfies ShapeOf<BestOfBatch>,
);
const search = object(
  {
    method: z.literal("tpe", { error: "it must be tpe" }),
    points: integerFrom(1),
    batches: integerFrom(1),
    found: list(found),
  } satisfies ShapeOf<ManifestSearch>,
);

/** The experiment, as manifest.json describes it. */
export const MANIFEST_EXPERIMENT = object(
  {
    name: text,
    description: text,
    tags: list(text).optional(),
    notes: text.optional(),
    cite: object({ authors: list(text) }).optional(),
    file: text,
    metric: METRIC,
    largerIsBetter: flag,
    equivalence: z.number({ error: "it must be a number" })
      .gte(0, { error: "it must not be negative" }).optional(),
    scope: z.enum(SCOPES, { error: `it must be ${listWords(SCOPES)}` }).optional(),
    baseline: text,
    swept: list(object({ key, label: text, unit: text.optional(), regularizer: flag })),
    fixed: values,
    cells: list(cell).min(1, { error: "it must have a cell" }),
    seeds: list(count).min(1, { error: "it must have a seed" }),
    looks: list(integerFrom(1)).min(1, { error: "it must have a look" }).optional(),
    halving: object({ metric: METRIC, minSteps: integerFrom(1), eta: integerFrom(2) }).optional(),
    search: search.optional(),
  } satisfies ShapeOf<Manifest["experiment"]>,
).superRefine(({ metric, largerIsBetter, baseline, swept, cells, seeds, looks }, context) => {
  const refuse = (path: PropertyKey[], message: string) => {
    context.addIssue({ code: "custom", path, message });
  };
  looks?.forEach((look, index) => {
    if (index > 0 && look <= looks[index - 1]) {
      refuse(["looks", index], "it must be more than before");
    }
  });
  if (looks && looks.at(-1) !== seeds.length) {
    refuse(["looks"], `the last must be ${seeds.length}, the number of seeds`);
  }
  if (isKnown(metric) && largerIsBetter !== isLargerBetter(metric)) {
    refuse(["largerIsBetter"], `it must be ${isLargerBetter(metric)} for ${metricColumn(metric)}`);
  }
  const [names, keys] = [cells.map(({ name }) => name), swept.map(({ key }) => key)];
  if (!names.includes(baseline)) refuse(["baseline"], "it must be the name of one of the cells");
  for (const index of repeatedIn(names)) {
    refuse(["cells", index, "name"], "an earlier cell has the same name");
  }
  for (const index of repeatedIn(keys)) {
    refuse(["swept", index, "key"], "an earlier one is the same");
  }
  cells.forEach(({ values }, index) => {
    const missing = keys.find((key) => !Object.hasOwn(values, key));
    const other = Object.keys(values).find((key) => !keys.includes(key));
    if (missing !== undefined) refuse(["cells", index, "values"], `${missing} is missing`);
    else if (other !== undefined) refuse(["cells", index, "values", other], "it is not swept");
  });
});

/** A text that is no metric has been refused already. */
function isKnown(metric: Metric): boolean {
  return typeof metric !== "string" || METRICS.includes(metric);
}
