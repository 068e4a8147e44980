import { z } from "zod";
import { GAP_CHOICES, STANDARDIZATIONS } from "../dataset/preparation_options.ts";
import { TASKS } from "../measures/measure.ts";
import type { ManifestColumn, ManifestDataset, ManifestReading } from "./manifest.ts";
import {
  checksum,
  count,
  flag,
  integerFrom,
  list,
  object,
  type ShapeOf,
  text,
} from "./manifest_schema_parts.ts";

/** How far the sum of fractions such as 0.6 + 0.3 + 0.1 may be from 1 in float64. */
const SUM_TOLERANCE = 1e-9;

const fraction = z.number({ error: "it must be a number" })
  .gte(0, { error: "it must be in [0, 1)" })
  .lt(1, { error: "it must be in [0, 1)" });

/** The dataset, as manifest.json describes it. */
export const MANIFEST_DATASET = object(
  {
    path: text,
    target: text,
    rows: integerFrom(1),
    task: z.enum(TASKS, { error: `it must be one of ${TASKS.join(", ")}` }).optional(),
    features: integerFrom(1),
    classes: count,
    classCounts: list(object({ name: text, rows: count, testRows: count.optional() })).optional(),
    reading: object(
      {
        format: text,
        separator: text,
        header: flag,
        decimal: text,
        encoding: text,
        comment: text,
        skipRows: count,
      } satisfies ShapeOf<ManifestReading>,
    ).optional(),
    columns: list(object(
      {
        name: text,
        type: text,
        use: text,
        why: text.optional(),
        missing: count,
      } satisfies ShapeOf<ManifestColumn>,
    )).optional(),
    droppedRows: z.record(z.string(), count, { error: "it must be an object" }).optional(),
    test: text.optional(),
    checksum,
    testChecksum: checksum.optional(),
    standardize: z.enum(STANDARDIZATIONS, {
      error: `it must be one of ${STANDARDIZATIONS.join(", ")}`,
    }),
    impute: z.enum(GAP_CHOICES, { error: `it must be one of ${GAP_CHOICES.join(", ")}` })
      .optional(),
    split: object(
      {
        train: fraction,
        validation: fraction,
        test: fraction,
        resplit: flag,
        stratify: z.literal(true, { error: "it must be true, or absent" }).optional(),
        group: text.optional(),
        time: text.optional(),
        column: text.optional(),
        folds: integerFrom(2).optional(),
        rows: object({ train: integerFrom(1), validation: integerFrom(1), test: count }).optional(),
      } satisfies ShapeOf<ManifestDataset["split"]>,
    ).refine(
      ({ train, validation, test, column }) =>
        column !== undefined || Math.abs(train + validation + test - 1) <= SUM_TOLERANCE,
      { error: "its fractions must add up to 1" },
    ),
  } satisfies ShapeOf<ManifestDataset>,
);
