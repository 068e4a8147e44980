import { z } from "zod";
import type { ImportedManifest, ManifestImport } from "./manifest.ts";
import {
  checksum,
  count,
  integerFrom,
  list,
  object,
  repeatedIn,
  type ShapeOf,
  text,
} from "./manifest_schema_parts.ts";
import { checkAnswer, COMMON_SHAPE } from "./manifest_schema.ts";

const imported = object(
  {
    checksum,
    rows: integerFrom(1),
    leftOut: count,
    columns: object(
      {
        cell: list(text).min(1, { error: "it must have a column" }),
        seed: list(text),
        metric: list(text).min(1, { error: "it must have a column" }),
      } satisfies ShapeOf<ManifestImport["columns"]>,
    ),
    where: list(text),
    seedNames: list(text).optional(),
    overlap: z.number({ error: "it must be a number" })
      .gte(0, { error: "it must not be negative" }).optional(),
  } satisfies ShapeOf<ManifestImport>,
);

/** The shape of the manifest.json of imported runs, as `MANIFEST_SCHEMA` is a sweep's. */
export const IMPORT_SCHEMA: z.ZodType<ImportedManifest> = object(
  {
    ...COMMON_SHAPE,
    imported,
    runs: object(
      {
        total: integerFrom(1),
        diverged: count,
        divergedEarly: count.optional(),
        failed: count,
      } satisfies ShapeOf<ImportedManifest["runs"]>,
    ),
  } satisfies ShapeOf<ImportedManifest>,
).superRefine((manifest, context) => {
  const { experiment: { cells, seeds }, runs } = manifest;
  const refuse = (path: PropertyKey[], message: string) => {
    context.addIssue({ code: "custom", path, message });
  };
  checkAnswer(manifest, refuse);
  for (const index of repeatedIn(seeds.map(String))) {
    refuse(["experiment", "seeds", index], "an earlier one is the same");
  }
  for (const member of ["dataset", "own", "unfinished"] as const) {
    if (manifest[member] !== undefined) refuse([member], "imported runs have none");
  }
  const names = manifest.imported.seedNames;
  if (names && names.length !== seeds.length) {
    refuse(["imported", "seedNames"], `it must have a name for each of ${seeds.length} seeds`);
  }
  // Cells need not have the same seeds.
  const most = cells.length * seeds.length;
  if (runs.total > most) refuse(["runs", "total"], `it must be at most ${most}`);
  if (runs.total < cells.length) refuse(["runs", "total"], `it must be at least ${cells.length}`);
});
