import { assertEquals } from "@std/assert";
import { assertSameLog } from "../trainers/notebook/_notebook_log.ts";
import { runTask } from "./_task.ts";

const FIXTURES = new URL("../fixtures/notebook/", import.meta.url);

/** What the notebook printed, by file, and the arguments that make `train` print the same. */
export const NOTEBOOK_LOGS: Readonly<Record<string, readonly string[]>> = {
  "default.log": [],
  "no-dropout-no-pruning.log": ["--set", "dropout_rate=0", "--set", "pruning_rate=0"],
};

/** Asserts that `train experiments/notebook.yaml` prints a log, or its first so many steps. */
export async function assertPrintsLog(file: string, maxSteps?: number): Promise<void> {
  const text = await Deno.readTextFile(new URL(file, FIXTURES));
  const steps = maxSteps === undefined ? [] : ["--set", `max_steps=${maxSteps}`];
  const args = ["experiments/notebook.yaml", ...NOTEBOOK_LOGS[file], ...steps];
  const { code, stdout, stderr } = await runTask("train", ...args);
  assertEquals([code, stderr], [0, ""]);
  const expected = text.trimEnd().split("\n");
  const last = expected.findIndex((line) => line.includes(`step ${maxSteps} =`));
  assertSameLog(
    stdout.trimEnd().split("\n"),
    maxSteps === undefined ? expected : expected.slice(0, last + 1),
  );
}
