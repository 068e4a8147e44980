import { z } from "zod";
import { answer } from "./_answer.ts";
import {
  better,
  count,
  document,
  failure,
  flag,
  list,
  measures,
  number,
  problem,
  replicate,
  seconds,
  text,
  value,
  values,
  version,
} from "./_parts.ts";

const valueCount = z.object({ name: text, rows: count });
const run = { run: text.describe("its key"), cell: text, ...replicate };
const droppedRows = z.object({ missingTarget: count, gaps: count, rareClass: count });

const inspect = document("inspect", {
  file: text,
  rows: count,
  reading: z.object({
    format: text,
    encoding: text,
    separator: text,
    header: flag,
    decimal: text,
    thousands: text,
    comment: text,
    skipRows: count,
  }),
  columns: list(z.object({
    name: text,
    type: text,
    use: text,
    why: text.optional(),
    warning: text.optional(),
    missing: count,
    distinct: count,
    distinctIsExact: flag.describe("false if there are more different values than distinct says"),
    minimum: number.optional(),
    maximum: number.optional(),
    categories: list(valueCount).optional(),
  })),
  task: z.enum(["classification", "regression"]).nullable(),
  classes: list(valueCount),
  missingWords: list(valueCount),
  lookAlikes: list(z.object({ column: text, values: list(text) })),
  pictureSide: count.nullable(),
  problems: list(problem).describe("why a sweep would refuse the table"),
});

const init = document("init", {
  file: text.describe("the experiment that was written"),
  experiment: text,
  cells: count,
  seeds: list(count),
  droppedRows,
});

const example = z.union([
  document("example", { examples: list(z.object({ name: text, description: text })) }),
  document("example", {
    files: list(text).describe("the files that were copied, the experiment first"),
    present: list(text).describe("those of them that were there"),
  }),
]);

const imported = document("import", {
  folder: text,
  path: text.describe("the report"),
  metric: text,
  better,
  baseline: text.describe("the name of its cell"),
  cells: count,
  seeds: count,
  runs: z.object({ total: count, failed: count.describe("those without a value") }),
  notes: list(text).describe("what to know before relying on the runs"),
  answer,
});

const planned = {
  experiment: text,
  description: text,
  tags: list(text).optional(),
  notes: text.optional(),
  file: text,
  trainers: list(text),
  dataset: z.object({
    file: text,
    target: text,
    task: z.enum(["classification", "regression"]),
    rows: count,
    features: count,
    classes: list(text).describe("none of quantities"),
    split: z.object({ train: count, validation: count, test: count }).optional()
      .describe("rows of each part, on average; absent if trainers draw their own"),
  }).optional(),
  metric: text,
  better,
  equivalence: z.number().optional(),
  scope: z.enum(["new_data", "this_data"]),
  baseline: text.describe("the name of its cell"),
  seeds: list(count),
  folds: count.optional(),
  looks: list(count).optional().describe("numbers of seeds after which cells can be decided"),
  search: z.object({
    method: z.literal("tpe"),
    points: count.describe("at most"),
    batches: count.describe("at most"),
    known: count.describe("batches whose results are known; cells has one batch more"),
    mostCells: count.describe("with those that are still to be proposed"),
  }).optional().describe("absent if all cells are known beforehand"),
  rungs: list(z.object({ step: count, cells: count })).optional(),
  budgetSeconds: seconds.optional(),
  runs: z.object({
    total: count,
    known: count,
    missing: count,
    leastTotal: count.describe("less than total where results decide how many runs there are"),
    leastMissing: count,
  }),
  steps: z.object({ asked: count, known: count, shared: count, toTrain: count }).optional(),
  workers: count,
  seconds: seconds.describe("expected for the missing runs, but for those of untimedTrainers"),
  untimedTrainers: list(text),
  shortcut: z.object({ key: text, value, reason: text, seconds }).optional(),
  scores: z.object({
    runs: count,
    isAtMost: flag,
    trainedAgain: z.enum(["all", "some", "none"]),
    seconds: seconds.optional(),
  }).optional(),
  replaces: text.optional().describe("the results that the sweep would replace, in words"),
  cellCount: count,
  cells: list(z.object({
    cell: text,
    trainer: text,
    config: values,
    preparation: z.record(text, text).optional().describe("how its rows are prepared, if swept"),
    known: count,
  })).optional().describe("absent if there are more than 10,000"),
  sameRuns: list(z.object({ keys: list(text), cells: list(text) })).optional()
    .describe("groups of cells whose runs are the same to the bit; absent where cells is"),
};
const plan = z.union([
  document("plan", planned),
  document("plan", {
    collection: text.describe("the experiment with several datasets"),
    datasets: list(z.object(planned)).describe("what a sweep of each would do"),
  }),
]);

const train = document("train", {
  experiment: text,
  trainer: text,
  cell: text,
  ...replicate,
  config: values,
  status: z.enum(["completed", "diverged"]),
  evaluations: list(z.looseObject({ step: count }).catchall(number))
    .describe("the step, and measures by their columns in curves.csv"),
  digest: text,
  trainSeconds: seconds,
  stepMilliseconds: number,
});

const model = { cell: text, ...replicate, run: text, digest: text };
const models = document("models", {
  models: list(z.object({ path: text, ...model })),
  missing: list(z.object(model)),
  use: text.nullable().describe("the cell that the answer says to use; null if no run completed"),
  best: text.nullable().describe("the cell with the best mean"),
});

const index = document("index", {
  path: text.describe("the page that was written"),
  sweeps: list(z.object({
    folder: text.describe("its name"),
    name: text.describe("of the experiment"),
    description: text,
    tags: list(text),
    notes: text,
    state: z.enum(["complete", "unfinished"]),
    started: text.optional().describe("ISO 8601 in UTC; absent of imported runs"),
    runs: count.describe("that there are"),
    planned: count.describe("that there are when it is complete"),
    failed: count,
    answer,
  })).describe("the latest first"),
  unreadable: list(z.object({ folder: text, reason: text })).describe("folders without results"),
});

const page = { path: text.describe("the page that was written") };

const tabled = {
  experiment: text,
  state: z.enum(["complete", "unfinished"]),
  metric: text,
  better,
  baseline: text,
};
const tableRows = list(z.record(text, value.nullable())).describe("by the names of columns");
const table = z.union([
  document("table", { ...tabled, cells: tableRows }),
  document("table", { ...tabled, datasets: tableRows }),
]);

const check = z.object({
  subject: text,
  passes: flag,
  findings: list(
    z.object({ what: text, expected: text.optional(), actual: text.optional() }),
  ),
  unchecked: text.optional().describe("why it could not be checked"),
});
const verify = z.union([
  document("verify", {
    state: z.literal("complete"),
    folder: text,
    isRight: flag,
    total: count.describe("the runs of the sweep"),
    failed: count.describe("those that failed in the sweep, of which there is nothing to check"),
    unrepeatable: count,
    unfinished: z.object({
      planned: count,
      why: text,
      rung: count.optional(),
      unscored: flag,
    }).optional(),
    runs: list(check),
    files: list(check),
    uncheckedMembers: list(text).describe("members of manifest.json"),
    changes: list(text),
    checksum: text.describe("SHA-256 of runs.csv"),
    seconds,
  }),
  document("verify", {
    state: z.literal("imported").describe("files and statistics are checked, and no run"),
    folder: text,
    isRight: flag,
    total: count.describe("the runs, none of which is checked"),
    files: list(check),
    source: text.describe("the table that the runs were imported from"),
    sourceChecksum: text.describe("its SHA-256"),
    checksum: text.describe("SHA-256 of runs.csv"),
  }),
  document("verify", {
    state: z.literal("collection").describe("the folder is of several datasets"),
    folder: text,
    isRight: flag,
    datasets: list(
      z.object({ dataset: text, isRight: flag, runs: list(check), files: list(check) }),
    ),
    files: list(check).describe("those over all datasets"),
  }),
  document("verify", {
    state: z.literal("interrupted"),
    folder: text,
    done: count,
    total: count,
  }),
]);

const both = z.record(text, z.object({ a: text, b: text }));
const mean = z.object({ n: count, mean: number });
const compare = document("compare", {
  a: text,
  b: text,
  unfinished: z.object({ a: flag, b: flag }),
  imported: flag.describe("true if both are imported runs, whose keys are their cell and seed"),
  identical: list(z.object(run)),
  different: list(z.object({
    ...run,
    firstStep: count.nullable(),
    curve: both.describe("the columns of curves.csv that differ at firstStep, as in the files"),
    columns: both.describe("the columns of runs.csv that differ, as in the files"),
  })),
  onlyInA: list(z.object(run)),
  onlyInB: list(z.object(run)),
  metric: text,
  cells: list(
    z.object({ cell: text, a: mean, b: mean, difference: number, ciLow: number, ciHigh: number }),
  ),
});

const tally = {
  count,
  bytes: count,
  newestSeconds: seconds.optional().describe("its age; absent if there are none"),
  oldestSeconds: seconds.optional().describe("its age; absent if there are none"),
};
const damagedFiles = list(z.object({ path: text, reason: text }));
const storeSurvey = document("store", {
  folder: text,
  records: list(z.object({
    trainer: text,
    version: text,
    isOld: flag.describe("true if the trainer is built in and has another version now"),
    ...tally,
  })),
  testFiles: z.object(tally),
  models: z.object(tally),
  checkpoints: z.object(tally),
  damaged: damagedFiles,
});
const store = z.union([
  storeSurvey,
  document("store", {
    folder: text,
    dryRun: flag.describe("true if nothing was removed"),
    removed: list(z.object({
      what: z.enum(["records", "test scores", "models", "checkpoints", "damaged files"]),
      count,
      bytes: count,
    })),
    left: damagedFiles.describe("what could not be removed, and why"),
  }),
]);

const mergedRecords = z.object({ added: count, extended: count, known: count });
const merge = document("merge", {
  reports: text,
  dryRun: flag.describe("true if nothing was written"),
  isWhole: flag.describe("false if something could not be brought"),
  sources: list(z.object({
    from: text,
    records: mergedRecords.optional().describe("this and the next two are absent without a store"),
    testScores: mergedRecords.optional(),
    models: count.optional().describe("how many are new"),
    folders: list(z.object({
      name: text.describe("its name here"),
      from: text,
      outcome: z.enum(["copied", "same", "other-runs", "other-experiment", "refused"]),
      reason: text.optional(),
      seeds: list(count).optional().describe("those of both, if the other has more"),
      left: list(text).describe("what is in the folder and is not copied"),
    })),
    conflicts: list(z.object({
      what: z.enum(["results", "test scores"]),
      key: text,
      trainer: text,
      cell: text.optional(),
      config: values,
      seed: count,
      fold: count.optional(),
      kept: text.describe("the digest of what is here, and stays"),
      other: text,
    })),
    damaged: damagedFiles,
  })),
});

const native = document("native", {
  compiled: flag.describe("false if the libraries were there"),
  libraries: list(z.object({ path: text, bits: count })),
  isFaster: flag.describe("whether sweep and train use them without being told to"),
});

const status = document("status", {
  experiment: text,
  total: count,
  done: count,
  running: count,
  queued: count,
  lost: count,
  notSubmitted: count,
  jobs: list(z.object({
    job: text,
    queued: count,
    running: count,
    ended: count,
    nodes: list(text),
    reasons: list(text),
  })),
  losses: list(text),
});

const predict = document("predict", {
  models: list(z.object({ path: text, trainer: text, cell: text, ...replicate })),
  file: text.describe("the table"),
  output: text.optional().describe("the CSV file of the predictions, in place of predictions"),
  task: z.enum(["classification", "regression"]),
  target: text,
  classes: list(text).describe("none of quantities"),
  rows: count,
  predictions: list(z.object({
    row: count.describe("from 1"),
    id: text.optional(),
    actual: z.union([text, number]).optional(),
    predicted: z.union([text, number]),
    probabilities: list(number).optional().describe("in the order of classes"),
  })).optional(),
  score: z.object({ rows: count.describe("those that have a target"), measures }).optional(),
  unknown: list(z.object({ column: text, cells: count, values: list(text) }))
    .describe("values of categories that no training row had"),
  ignored: list(text).describe("columns that the model does not know"),
  matched: z.enum(["names", "places"]).describe("how columns were found"),
  isTrainingTable: flag.describe("true if the model has learned from this very file"),
});

const cancel = document("cancel", { experiment: text, jobs: list(text) });

const completion = document("completion", { shell: text, script: text });

const versionOf = document("version", {
  version: text,
  commit: text.nullable().describe("null if it is unknown"),
  deno: text,
  v8: text,
  target: text,
  kernels: z.object({
    wasm: text.describe("SHA-256 of the WebAssembly kernels"),
    native: z.object({ library: text, bits: count }).nullable(),
    reason: text.nullable().describe("why no native kernels are used"),
  }),
});

/** What a command prints with `--json`, by its name; `sweep` prints events, and `schema` a schema. */
export const DOCUMENTS = {
  inspect,
  init,
  example,
  import: imported,
  plan,
  train,
  models,
  predict,
  report: document("report", page),
  table,
  index,
  verify,
  compare,
  store,
  merge,
  native,
  status,
  cancel,
  completion,
  version: versionOf,
} as const;

/** What any command prints in their place if it has no result. */
export const ERROR_DOCUMENT = z.object({
  schemaVersion: version,
  command: text.nullable().describe("null if none is named"),
  error: failure,
});

/** What documents have beside the members that all of them have. */
type Own<Document> = Document extends unknown ? Omit<Document, "schemaVersion" | "command"> : never;

export type DocumentCommand = keyof typeof DOCUMENTS;
export type Members<Command extends DocumentCommand> = Own<
  z.infer<typeof DOCUMENTS[Command]>
>;
