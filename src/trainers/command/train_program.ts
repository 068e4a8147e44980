import { finishRun } from "../finish_run.ts";
import type { ProgramCode } from "../own_code.ts";
import { parametersOf } from "../parameters_of.ts";
import { measureNames } from "../run_digest.ts";
import { RunFailure } from "../run_failure.ts";
import type { Evaluation, TestResult } from "../run_result.ts";
import type { Train, TrainerContext, Training, TrainingData } from "../trainer.ts";
import { programInput } from "./program_input.ts";
import type { ProgramEnd } from "./program_runner.ts";

type Completed = Extract<ProgramEnd, { kind: "completed" }>;

/** What the names of measures of the test rows begin with. */
const TEST = /^test_/;

/**
 * A program as a trainer.
 *
 * @throws {TypeError} If the context starts no programs.
 */
export function loadProgram(code: ProgramCode, context: TrainerContext): Train {
  const { programs, dataset, tables } = context;
  if (!programs) throw new TypeError("Cannot train: this context starts no programs");
  const data = dataset && tables && { dataset, tables };
  return async (task, listener = {}) => {
    const start = { trainer: code.name, input: programInput(task, data) };
    for (let left = code.retries;; left--) {
      const end = await programs.run(start, listener);
      if (end.kind === "completed") {
        const training = await trainingOf(end, data !== undefined);
        return task.scoresTest ? training : { ...training, test: undefined };
      }
      if (left === 0) throw new RunFailure(end.reason);
      listener.onProblem?.(`${end.reason}; ${left === 1 ? "trying once more" : "trying again"}`);
    }
  };
}

/** @param hasRows Whether measures of test rows are those of rows that regsweep keeps apart. */
async function trainingOf(
  { evaluations: printed, parameters: arrays, seconds }: Completed,
  hasRows: boolean,
): Promise<Training> {
  const evaluations = hasRows ? printed.map(withoutTest) : printed;
  const last = printed[printed.length - 1];
  const parameters = parametersOf(arrays);
  const result = await finishRun(parameters, {
    // It has diverged if its metric has, which only the experiment knows.
    status: "completed",
    steps: last.step,
    evaluations,
    measures: {},
    trainSeconds: seconds,
  }, measureNames(evaluations));
  return { result, test: hasRows ? testOf(last) : undefined, parameters, data: noData };
}

/** Whether a run is scored on the test rows changes nothing else of its result. */
function withoutTest({ step, measures }: Evaluation): Evaluation {
  const kept = Object.entries(measures).filter(([name]) => !TEST.test(name));
  return { step, measures: Object.fromEntries(kept) };
}

function testOf({ measures }: Evaluation): TestResult {
  const scores = Object.entries(measures).filter(([name]) => TEST.test(name))
    .map(([name, value]) => [name.replace(TEST, ""), value]);
  return { measures: Object.fromEntries(scores), units: [] };
}

function noData(): TrainingData {
  throw new TypeError("Cannot tell how a program prepared its data");
}
