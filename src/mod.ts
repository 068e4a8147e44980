/** The types of a trainer of one's own, for editors and `deno check`: a module need not import them. */
export type {
  ConfigOf,
  ExactMath,
  FinishedModel,
  HyperparameterDefinition,
  OwnConfig,
  OwnData,
  OwnEvaluation,
  OwnModel,
  OwnParameter,
  OwnRows,
  OwnRun,
  Predict,
  TrainerDefinition,
} from "./trainers/module/definition.ts";

export {
  type Experiment,
  type ExperimentCell,
  makeExperiment,
  readExperiment,
} from "./api/experiment.ts";
export type { ExperimentChanges } from "./experiment/overrides.ts";
export { type Plan, planExperiment } from "./api/plan.ts";
export {
  type RunCounts,
  type SweepEvent,
  sweepExperiment,
  type SweepOptions,
  type SweepResult,
} from "./api/sweep.ts";
export type { SweepPlace } from "./api/sweep_place.ts";
export { readResults, type Results } from "./api/results.ts";
export {
  type CellMean,
  type CompareOptions,
  compareRuns,
  type MeasuredRun,
  type RunComparison,
} from "./api/compare_runs.ts";
export {
  type Mismatch,
  type Verification,
  type VerifyOptions,
  verifyResults,
} from "./api/verify.ts";
export { drawReport, writeIndex } from "./api/report.ts";
export { cleanStore, type CleanStoreOptions, surveyStore } from "./api/store.ts";
export type { RemovedFiles, StoreCleaning } from "./store/clean_store.ts";
export type { DamagedFile } from "./store/damaged_file.ts";
export type { Removable } from "./store/removable.ts";
export type { StoreSurvey, Tally, TrainerTally } from "./store/survey_store.ts";
export type { Answer, AnswerDifference, AnswerEstimate } from "./results/answer.ts";
export type { CellSummary } from "./results/cell_summary.ts";
export type { Comparison, Verdict } from "./results/comparison.ts";
export type { CurveRow, RunRow } from "./results/run_row.ts";
export type { HyperparameterValue, Scalar } from "./trainers/hyperparameter.ts";
export { formatProblems, type Place, type Problem, UserError } from "./user_error.ts";
