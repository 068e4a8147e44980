/** The types of a trainer of one's own, for editors and `deno check`: a module need not import them. */
export type {
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
