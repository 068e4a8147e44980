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
export {
  type Collection,
  type CollectionResult,
  type DatasetResult,
  drawCollection,
  readCollection,
  sweepCollection,
} from "./api/collection.ts";
export { type CollectionVerification, verifyCollection } from "./api/verify_collection.ts";
export type { ExperimentChanges } from "./experiment/overrides.ts";
export type { OwnProgram, StartsPrograms } from "./api/programs.ts";
export { inspectTable, type TableInspection } from "./api/inspect.ts";
export { type FirstExperiment, writeFirstExperiment } from "./api/first_experiment.ts";
export type { InitOptions } from "./experiment/init/init_experiment.ts";
export { copyExample, listExamples } from "./api/examples.ts";
export type { CopiedExample, Example } from "./experiment/examples.ts";
export { editorSchema } from "./api/schema.ts";
export { type Plan, planExperiment, type PlanOptions } from "./api/plan.ts";
export {
  type RunCounts,
  sweepExperiment,
  type SweepOptions,
  type SweepResult,
} from "./api/sweep.ts";
export type { StageKind, SweepEvent } from "./api/sweep_events.ts";
export type { SweepPlace } from "./api/sweep_place.ts";
export {
  prepareRun,
  type RunListener,
  type RunOptions,
  type SingleRun,
  type TrainedRun,
} from "./api/train.ts";
export {
  cancelJobs,
  type CancelledJobs,
  type CancelOptions,
  clusterStatus,
} from "./api/cluster.ts";
export { type ImportedResults, type ImportOptions, importRuns } from "./api/import_runs.ts";
export { readResults, type Results } from "./api/results.ts";
export { type CellTable, readTable } from "./api/table.ts";
export type { TableChoice } from "./report/table/table_text.ts";
export {
  type CellMean,
  type CompareOptions,
  compareRuns,
  type MeasuredRun,
  type RunComparison,
} from "./api/compare_runs.ts";
export {
  compareResults,
  type DifferentRun,
  type ResultsComparison,
} from "./api/compare_results.ts";
export {
  type Mismatch,
  type Verification,
  type VerifyOptions,
  verifyResults,
} from "./api/verify.ts";
export { exportModels, type ExportOptions, type ModelExport, type ModelRun } from "./api/models.ts";
export {
  drawExperiment,
  type DrawExperimentOptions,
  type DrawnReport,
  type DrawOptions,
  drawReport,
  writeIndex,
} from "./api/report.ts";
export { compileNative, type NativeCompilation } from "./api/native.ts";
export { versionFacts } from "./api/version.ts";
export { mergeReports, type MergeReportsOptions } from "./api/merge.ts";
export type {
  MergeConflict,
  MergedFolder,
  MergedReports,
  MergedSource,
} from "./sweep/merge/merged_reports.ts";
export type { MergedRecords, MergedStore, RecordConflict } from "./store/merged_store.ts";
export { cleanStore, type CleanStoreOptions, surveyStore } from "./api/store.ts";
export type { RemovedFiles, StoreCleaning } from "./store/clean_store.ts";
export type { DamagedFile } from "./store/damaged_file.ts";
export type { Removable } from "./store/removable.ts";
export type { StoreSurvey, Tally, TrainerTally } from "./store/survey_store.ts";
export { predictionsCsv, type PredictOptions, predictTable } from "./api/predict.ts";
export type {
  PredictionScore,
  RowPrediction,
  TablePredictions,
  UsedModel,
} from "./predict/predict_table.ts";
export type { UnknownValues } from "./dataset/columns/new_columns.ts";
export {
  type ListedSweep,
  listSweeps,
  type SweepList,
  type UnreadableSweep,
} from "./api/list_sweeps.ts";
export type { Answer, AnswerDifference, AnswerEstimate } from "./results/answer.ts";
export type { CellSummary } from "./results/cell_summary.ts";
export type { Comparison, Verdict } from "./results/comparison.ts";
export type { ColumnDifference } from "./results/run_difference.ts";
export type { CurveRow, RunRow } from "./results/run_row.ts";
export type {
  ColumnFacts,
  ColumnType,
  ColumnUse,
  DroppedRowCounts,
  ValueCount,
} from "./dataset/table_facts.ts";
export type { LauncherOptions } from "./experiment/launcher_options.ts";
export type { SlurmChoice } from "./sweep/slurm/make_slurm_launcher.ts";
export type { Task } from "./measures/measure.ts";
export type { JobStatus, SweepStatus } from "./sweep/slurm/sweep_status.ts";
export type { VersionFacts } from "./sweep/version_facts.ts";
export type { HyperparameterValue, Scalar } from "./trainers/hyperparameter.ts";
export type { KernelsChoice } from "./trainers/kernels_choice.ts";
export type { Evaluation, Histogram, RunResult } from "./trainers/run_result.ts";
export type { WidthsChoice } from "./kernels/native_options.ts";
export { formatProblems, type Place, type Problem, UserError } from "./user_error.ts";
