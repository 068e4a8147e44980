import { z } from "zod";
import { listWords } from "../list_words.ts";
import { TASKS } from "../measures/measure.ts";
import type { Hyperparameter } from "../trainers/hyperparameter.ts";
import { BUILT_IN } from "../trainers/trainers.ts";
import type { Answer, AnswerDifference, AnswerEstimate } from "./answer.ts";
import { VERDICTS } from "./comparison.ts";
import {
  type Manifest,
  type ManifestNative,
  type ManifestNotKept,
  type ManifestUnfinished,
  type PageCode,
  type SweepManifest,
  WHYS,
} from "./manifest.ts";
import { MANIFEST_DATASET } from "./manifest_dataset_schema.ts";
import { MANIFEST_EXPERIMENT } from "./manifest_experiment_schema.ts";
import {
  checksum,
  count,
  decimals,
  flag,
  integerFrom,
  key,
  list,
  object,
  repeatedIn,
  scalar,
  seconds,
  type ShapeOf,
  text,
  time,
} from "./manifest_schema_parts.ts";
import { isCopyName } from "./own_copies.ts";
import type { OwnDescription } from "./own_description.ts";
import { OTHER_FILES, RESULT_FILES } from "./result_files.ts";

const shownMeasure = object({
  key,
  heading: text,
  isPercent: flag,
  decimals,
});

const number = z.number({ error: "it must be a number" });
/** Of own trainers: one value each, and no rows beside the values. */
const hyperparameter = object(
  {
    key,
    type: z.enum(["number", "integer", "boolean", "word"], {
      error: "it must be one of number, integer, boolean, word",
    }),
    shape: z.literal("scalar", { error: "it must be scalar" }),
    words: list(text).optional(),
    minimum: number.optional(),
    exclusiveMinimum: number.optional(),
    maximum: number.optional(),
    exclusiveMaximum: number.optional(),
    default: scalar.optional(),
    sobolDimension: integerFrom(0),
    unit: text.optional(),
    label: text,
    help: text,
    regularizer: z.literal(true, { error: "it must be true, or absent" }).optional(),
  } satisfies Partial<ShapeOf<Hyperparameter>>,
);

const ownTrainer = object(
  {
    name: text,
    kind: z.enum(["module", "program"], { error: "it must be module or program" }),
    tasks: list(z.enum(TASKS, { error: `it must be one of ${TASKS.join(", ")}` })),
    hyperparameters: list(hyperparameter),
    packages: list(text).optional(),
    allow: list(text).optional(),
    command: list(text).optional(),
    deterministic: z.literal(false, { error: "it must be false, or absent" }).optional(),
  } satisfies ShapeOf<OwnDescription>,
);

const isIn = <Value>(values: readonly Value[]) => (value: Value) => values.includes(value);

const FILE_NAMES = RESULT_FILES.map(({ name }) => name)
  .filter((name) => name !== OTHER_FILES.manifest.name);

/** Members that say more about why runs are missing, and the reasons that they belong to. */
const MEMBERS_OF_WHYS: readonly (readonly [
  member: "budgetSeconds" | "written" | "againSeconds",
  whys: readonly ManifestUnfinished["why"][],
])[] = [
  ["budgetSeconds", ["budget"]],
  ["written", ["running", "drawn"]],
  ["againSeconds", ["running"]],
];

const unfinished = object(
  {
    planned: integerFrom(1),
    why: z.enum(WHYS, { error: `it must be one of ${WHYS.join(", ")}` }),
    budgetSeconds: integerFrom(1).optional(),
    rung: integerFrom(1).optional(),
    unscored: z.literal(true, { error: "it must be true, or absent" }).optional(),
    written: time.optional(),
    secondsLeft: seconds.optional(),
    againSeconds: seconds.optional(),
  } satisfies ShapeOf<ManifestUnfinished>,
).superRefine((unfinished, context) => {
  for (const [member, whys] of MEMBERS_OF_WHYS) {
    const isGiven = unfinished[member] !== undefined;
    if (isGiven === whys.includes(unfinished.why)) continue;
    const message = isGiven ? `it must be absent with ${unfinished.why}` : "it is missing";
    context.addIssue({ code: "custom", path: [member], message });
  }
});

const estimate = {
  noun: text,
  n: count,
  mean: number,
  low: number.optional(),
  high: number.optional(),
  text,
};

const answer = object(
  {
    advice: text,
    finding: text,
    limit: text,
    use: object(
      { ...estimate, cell: text, name: text } satisfies ShapeOf<NonNullable<Answer["use"]>>,
    ).optional(),
    compared: object(
      {
        cell: text,
        name: text,
        verdict: z.enum(VERDICTS, { error: `it must be ${listWords(VERDICTS)}` }),
        n: count,
        mean: number,
        low: number.optional(),
        high: number.optional(),
        text,
      } satisfies ShapeOf<AnswerDifference>,
    ).optional(),
    test: object(estimate satisfies ShapeOf<AnswerEstimate>).optional(),
    constant: object({ share: number, text }).optional(),
  } satisfies ShapeOf<Answer>,
);

const native = object({ library: text, bits: count } satisfies ShapeOf<ManifestNative>);

/** What all manifests have; members that earlier versions did not write are optional. */
export const COMMON_SHAPE = {
  format: z.literal(1),
  state: z.enum(["complete", "unfinished"], { error: "it must be complete or unfinished" })
    .optional(),
  unfinished: unfinished.optional(),
  answer: answer.optional(),
  experiment: MANIFEST_EXPERIMENT,
  dataset: MANIFEST_DATASET.optional(),
  trainers: z.record(
    z.string(),
    z.union([z.number(), z.string()], { error: "it must be a number or text" }),
    { error: "it must be an object" },
  ),
  own: list(ownTrainer).optional(),
  measures: list(shownMeasure).optional(),
  failures: list(
    object({ run: text, cell: text, seed: count, fold: integerFrom(1).optional(), reason: text }),
  ),
  page: object({ regsweep: text, checksum } satisfies ShapeOf<PageCode>).optional(),
  files: z.record(
    z.string().refine((name) => isIn(FILE_NAMES)(name) || isCopyName(name), {
      error: "sweeps write no such file",
    }),
    checksum,
    { error: "it must be an object" },
  ),
} as const;

type Refuse = (path: PropertyKey[], message: string) => void;

/** Checks that an answer is about cells that there are. */
export function checkAnswer(
  { answer, experiment: { cells } }: Pick<Manifest, "answer" | "experiment">,
  refuse: Refuse,
): void {
  for (const member of ["use", "compared"] as const) {
    const name = answer?.[member]?.cell;
    if (name !== undefined && !cells.some((cell) => cell.name === name)) {
      refuse(["answer", member, "cell"], "it must be the name of one of the cells");
    }
  }
}

/**
 * The shape of a sweep's manifest.json. Members that are not in it are left out of what it gives: a later
 * version can add some.
 */
export const MANIFEST_SCHEMA: z.ZodType<SweepManifest> = object(
  {
    ...COMMON_SHAPE,
    imported: z.undefined().optional(),
    trainers: COMMON_SHAPE.trainers.refine((trainers) => Object.keys(trainers).length > 0, {
      error: "it must have a trainer",
    }),
    command: list(text).optional(),
    kernels: object({
      checksum,
      native: native.optional(),
    }),
    runs: object(
      {
        total: count,
        trained: count,
        known: count,
        diverged: count,
        divergedEarly: count.optional(),
        failed: count,
      } satisfies ShapeOf<SweepManifest["runs"]>,
    ),
    notKept: object(
      { space: count, models: count, checkpoints: count } satisfies ShapeOf<ManifestNotKept>,
    ).optional(),
    times: object({
      started: time,
      seconds,
      trainSeconds: seconds,
      runs: list(seconds.nullable()),
    }),
    machine: object({ os: text, arch: text, cpu: text, cores: count, workers: count }),
    tasks: list(object({
      task: text,
      node: text,
      restarts: count,
      log: text,
      trained: count.nullable(),
      native: native.optional(),
    })).optional(),
    versions: z.record(z.string(), text, { error: "it must be an object" }),
    git: object(
      {
        commit: text.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, { error: "it must be a commit's hash" })
          .nullable(),
        clean: flag.nullable(),
        reason: text.optional(),
      } satisfies ShapeOf<SweepManifest["git"]>,
    ),
  } satisfies ShapeOf<SweepManifest>,
).superRefine((manifest, context) => {
  const { experiment, dataset, runs, times, state, unfinished } = manifest;
  const { cells, seeds, looks, search } = experiment;
  const refuse = (path: PropertyKey[], message: string) => {
    context.addIssue({ code: "custom", path, message });
  };
  checkTrainers(manifest, refuse);
  checkAnswer(manifest, refuse);
  const folds = dataset?.split.folds;
  const least = cells.length * (looks?.[0] ?? seeds.length) * (folds ?? 1);
  const most = cells.length * seeds.length * (folds ?? 1);
  const checkCount = (count: number, [fewest, path]: readonly [number, PropertyKey[]]) => {
    if (fewest <= count && count <= most) return;
    const of = folds === undefined ? "" : ` of ${folds} folds`;
    const counts = looks && fewest < most ? `${looks[0]} to ${seeds.length}` : seeds.length;
    const total = fewest < most ? `${fewest} to ${most}` : most;
    refuse(path, `${cells.length} cells and ${counts} seeds${of} make ${total}`);
  };
  if ((state === "unfinished") !== (unfinished !== undefined)) {
    refuse(["state"], unfinished ? "it must be unfinished" : "unfinished must say what is missing");
  }
  // A search can still propose cells.
  const mostPlanned = most + (search?.points ?? 0) * seeds.length * (folds ?? 1);
  const { planned = most } = unfinished ?? {};
  if (planned < most || planned > mostPlanned) {
    checkCount(planned, [most, ["unfinished", "planned"]]);
  }
  if (!unfinished) checkCount(runs.total, [least, ["runs", "total"]]);
  else if (runs.total > most) refuse(["runs", "total"], `it must be at most ${most}`);
  if (unfinished?.unscored && !looks && runs.total < most) {
    refuse(["unfinished", "unscored"], "runs are missing");
  }
  const total = looks || unfinished ? runs.total : most;
  if (times.runs.length !== total) {
    refuse(["times", "runs"], `it must have a time for each of ${total} runs`);
  }
});

/**
 * Checks that each trainer is either regsweep's or described as the user's own, and that there is a
 * dataset if one of them needs it.
 */
function checkTrainers(
  { trainers, own = [], dataset }: Pick<Manifest, "trainers" | "own" | "dataset">,
  refuse: Refuse,
): void {
  const names = own.map(({ name }) => name);
  for (const index of repeatedIn(names)) {
    refuse(["own", index, "name"], "an earlier one is the same");
  }
  names.forEach((name, index) => {
    const path = ["own", index, "name"];
    if (BUILT_IN.has(name)) refuse(path, "regsweep has a trainer of this name itself");
    else if (!Object.hasOwn(trainers, name)) refuse(path, "it must be one of trainers");
  });
  for (const name of Object.keys(trainers)) {
    const isKnown = BUILT_IN.has(name) || names.includes(name);
    if (!isKnown) refuse(["trainers"], `this regsweep has no trainer ${JSON.stringify(name)}`);
  }
  const all = [...BUILT_IN.all.filter(({ name }) => Object.hasOwn(trainers, name)), ...own];
  if (!dataset && all.some(({ tasks }) => tasks.length > 0)) refuse(["dataset"], "it is missing");
}
