import { assertEquals, assertThrows } from "@std/assert";
import type { ExperimentChanges } from "../../src/experiment/overrides.ts";
import { parseExperiment } from "../../src/experiment/parse_experiment.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";

/** The least that an experiment has to say. */
export const START = `name: e
dataset: { path: d.csv, target: y }
`;

/** Tests that parsing a text fails with just these problems, as they are shown to the user. */
export function rejects(
  what: string,
  text: string,
  problems: string,
  overrides: ExperimentChanges = {},
): void {
  Deno.test(`parseExperiment() rejects ${what}`, () => {
    const error = assertThrows(() => parseExperiment(text, "e.yaml", overrides), UserError);
    assertEquals(formatProblems(error.problems), problems);
    assertEquals(error.exitCode, 2);
  });
}
