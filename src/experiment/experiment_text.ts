import type { Document } from "yaml";
import { isMap, isSeq } from "yaml";
import { UserError } from "../user_error.ts";
import { parseYaml } from "./_parse_yaml.ts";
import type { HyperparameterValue } from "./hyperparameters.ts";
import { trainerNamed } from "./hyperparameters.ts";
import { type Overrides, parseOverrides } from "./overrides.ts";

/**
 * The text of an experiment with what the command line changes written into it, comments kept.
 *
 * A hyperparameter that is set has one value in every cell: it joins `fixed`, leaves the grid, and
 * the baseline has it too. With `datasetPath`, which has to be right from where the text will be
 * kept, sweeping the text there gives the same runs. The text has to be a right experiment.
 *
 * @throws {UserError} If the overrides do not suit the experiment's trainer.
 */
export function experimentText(
  text: string,
  overrides: Overrides = {},
  datasetPath?: string,
): string {
  // The editors' schema is not where the text will be.
  const { source, problems } = parseYaml(text.replace(/^# yaml-language-server:.*\n/, ""), "");
  if (!source) throw new UserError(problems);
  const { document } = source;
  const { fixed, seeds } = parseOverrides(overrides, trainerNamed(document.get("trainer")));
  for (const [key, value] of Object.entries(fixed)) fixHyperparameter(document, key, value);
  if (seeds !== undefined) document.set("seeds", document.createNode(seeds, { flow: true }));
  if (datasetPath !== undefined) document.setIn(["dataset", "path"], datasetPath);
  return document.toString({ lineWidth: 0 });
}

function fixHyperparameter(document: Document, key: string, value: HyperparameterValue): void {
  document.setIn(["fixed", key], document.createNode(value, { flow: true }));
  if (document.hasIn(["baseline", key])) {
    document.setIn(["baseline", key], document.createNode(value, { flow: true }));
  }
  const grid = document.get("grid");
  const blocks = (isSeq(grid) ? grid.items : [grid]).filter(isMap);
  for (const block of blocks) block.delete(key);
  // A block that has nothing left to sweep is still one cell, unless all are so.
  if (blocks.every((block) => block.items.length === 0)) document.delete("grid");
}
