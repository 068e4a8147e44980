import { resultColumns } from "../../src/results/result_columns.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";

/** The columns of an experiment that sweeps dropout and asks for no more than the default measures. */
export const SAMPLE_COLUMNS = resultColumns({
  sweptKeys: ["dropout"],
  task: "classification",
  metric: "validation_accuracy",
  outline: { trainers: ["mlp"] },
  trainers: BUILT_IN,
});
