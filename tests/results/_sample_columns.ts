import { resultColumns } from "../../src/results/result_columns.ts";

/** The columns of an experiment that sweeps dropout and asks for no more than the default measures. */
export const SAMPLE_COLUMNS = resultColumns({
  sweptKeys: ["dropout"],
  task: "classification",
  metric: "validation_accuracy",
  outline: { trainers: ["mlp"] },
});
