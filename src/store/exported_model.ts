import { z } from "zod";
import type { LearnedFrom, LearnedSource } from "../dataset/columns/new_columns.ts";
import { featureNamesOf } from "../dataset/feature_names.ts";
import type { Preparation } from "../dataset/preparation.ts";
import type { Task } from "../measures/measure.ts";
import type { ModelToUse } from "../trainers/predictor.ts";
import type { TrainerName } from "../trainers/trainer.ts";
import { type Facts, openSealed } from "./sealed_file.ts";
import { parametersOf } from "./stored_model.ts";

/** A model from a file of `exportModel()`, with all that it takes to predict. */
export interface ExportedModel extends ModelToUse {
  readonly trainer: TrainerName;
  readonly version: number | string;
  /** Of its run's result. */
  readonly digest: string;
  /** Its cell's name. */
  readonly cell: string;
  readonly seed: number;
  readonly fold?: number;
  readonly task: Task;
  readonly learned: LearnedFrom;
  /** Names of its inputs. */
  readonly featureNames: readonly string[];
}

const FORMAT = 1;

const text = z.string();
const count = z.int().nonnegative();
const texts = z.array(text);
const numbers = z.array(z.number());
const moments = z.object({ mean: z.number(), deviation: z.number() });
const scalar = z.union([z.number(), text, z.boolean()]);

/** Loose: later versions may say more. */
const RUN = z.looseObject({
  format: z.literal(FORMAT),
  trainer: text,
  version: z.union([z.number(), text]),
  digest: text,
  cell: text,
  config: z.record(text, z.union([scalar, z.array(scalar)])),
  seed: count,
  fold: count.optional(),
});

const COLUMN = z.looseObject({
  name: text,
  kind: z.enum(["number", "boolean", "category"]),
  categories: texts.optional(),
  imputed: scalar.nullable().optional(),
});

const LEARNED_COLUMN = z.looseObject({
  name: text,
  type: z.enum([
    ...[
      "number",
      "boolean",
      "category",
      "text",
      "date",
      "identifier",
      "constant",
      "empty",
    ] as const,
  ]),
  use: z.enum(["feature", "drop", "target", "group", "time", "part"]),
  hasPercents: z.boolean().optional(),
  dayOrder: z.enum(["day-first", "month-first"]).optional(),
});

const DATA = z.looseObject({
  columns: z.array(COLUMN),
  features: texts,
  mean: numbers,
  deviation: numbers,
  unseen: texts,
  task: z.enum(["classification", "regression"]),
  classes: texts,
  target: moments.optional(),
  table: z.looseObject({
    reading: z.looseObject({
      format: z.enum(["text", "parquet"]),
      separator: z.enum(["comma", "semicolon", "tab", "bar", "space"]),
      header: z.boolean(),
      decimal: z.enum([".", ","]),
      comment: text,
      skipRows: count,
    }),
    columns: z.array(LEARNED_COLUMN),
    missing: texts,
    checksum: text,
    positive: count.optional(),
    unknownIsMissing: z.boolean().optional(),
  }),
});

type Data = z.infer<typeof DATA>;

const DAMAGED = "it does not say how its inputs are made";

/**
 * Reads a model from the bytes of a file that `exportModel()` wrote; returns the reason if it is no such
 * file, or if nothing can be predicted with it.
 */
export async function decodeExported(
  file: Uint8Array<ArrayBuffer>,
): Promise<ExportedModel | string> {
  const opened = await openSealed(file);
  if (typeof opened === "string") return opened;
  const { tensors, facts } = opened;
  if (facts.format !== FORMAT) return `its format is not ${FORMAT}`;
  const lacking = whatLacks(facts);
  if (lacking !== undefined) return lacking;
  const parameters = parametersOf(tensors, facts.parameters);
  if (!parameters) return "it does not have the parameters that it lists";
  const [run, data] = [RUN.safeParse(facts), DATA.safeParse(facts)];
  const trained = tensors.find(({ name }) => name === "rows.train");
  if (!run.success || !data.success || !trained) return DAMAGED;
  const made = madeFrom(data.data);
  if (!made) return DAMAGED;
  const { trainer, version, digest, cell, config, seed, fold } = run.data;
  return {
    ...{ trainer, version, digest, cell, config, seed, parameters },
    ...fold !== undefined && { fold },
    ...made,
    task: data.data.task,
    featureNames: data.data.features,
    trainRows: trained.data.length,
  };
}

/** Why nothing can be predicted with a file that is whole. */
function whatLacks({ cell, columns, table }: Facts): string | undefined {
  if (cell === undefined) return "it is a store's model, which does not say what it was trained on";
  if (columns === undefined) {
    return "it does not say how rows become its inputs: its trainer prepares them itself, or needs none";
  }
  if (table !== undefined) return undefined;
  return "it does not say how its table was read: an earlier version of regsweep has written it";
}

/** What inputs are made of; undefined if the parts contradict each other. */
function madeFrom(
  { columns, features, mean, deviation, unseen, task, classes, target, table }: Data,
): Pick<ExportedModel, "learned" | "preparation"> | undefined {
  const names = new Set(unseen);
  let input = 0;
  const sources = columns.map((column): LearnedSource => {
    const { name, kind, categories } = column;
    const hasGaps = "imputed" in column;
    const untrained = (categories ?? []).filter((_, index) => names.has(features[input + index]));
    input += (categories?.length ?? 1) + (hasGaps ? 1 : 0);
    return { name, kind, ...categories && { categories }, hasGaps, untrained: new Set(untrained) };
  });
  const used = table.columns.filter(({ use }) => use === "feature").map(({ name }) => name);
  const isWhole = sameTexts(featureNamesOf(sources), features) &&
    sameTexts(sources.map(({ name }) => name), used) &&
    sources.every(({ kind, categories }) => (kind === "category") === (categories !== undefined)) &&
    table.columns.filter(({ use }) => use === "target").length === 1 &&
    mean.length === features.length && deviation.length === features.length &&
    (task === "regression") === (target !== undefined) &&
    (task === "regression" ? classes.length === 0 : classes.length > 1) &&
    (table.positive ?? 0) < Math.max(1, classes.length);
  if (!isWhole) return undefined;
  const preparation: Preparation = {
    mean: Float64Array.from(mean),
    deviation: Float64Array.from(deviation),
    imputed: Float64Array.from(columns, imputedIn),
    isUnseen: Uint8Array.from(features, (name) => names.has(name) ? 1 : 0),
    target: target ?? { mean: 0, deviation: 1 },
  };
  return { learned: { table, sources, classes }, preparation };
}

/** What stands for a column's missing cells, as `Preparation.imputed` has it. */
function imputedIn({ categories, imputed }: Data["columns"][number]): number {
  if (categories) {
    const index = categories.indexOf(String(imputed));
    return imputed === null || index < 0 ? NaN : index;
  }
  return typeof imputed === "number" ? imputed : NaN;
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
