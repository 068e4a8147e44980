import type { Config, HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { IdleRule, RunShape, TrainerName } from "../../trainers/trainer.ts";
import type { Cells, Experiment } from "../experiment.ts";
import { numberCombinations } from "./number_combinations.ts";

/** Cells whose runs with one seed are the same to the bit. */
export interface SameRuns {
  /** The keys that change nothing in them, in the order of the columns. */
  readonly keys: readonly string[];
  /** The indexes of the cells, ascending; two or more. */
  readonly cells: readonly number[];
}

/**
 * Finds the cells that differ only in settings without effect, by the rules of their trainers: none
 * needs to be trained. Groups are in the order of their first cells.
 */
export function predictSameRuns(
  { cells, sweptKeys, outline, trainers }: Pick<
    Experiment,
    "cells" | "sweptKeys" | "outline" | "trainers"
  >,
  shape: Pick<RunShape, "trainRows">,
): readonly SameRuns[] {
  const rules = new Map(
    trainers.select(outline.trainers).map(({ name, idle = [] }) => {
      const swept = idle.filter(({ keys }) => keys.some((key) => sweptKeys.includes(key)));
      const effective = swept.flatMap((rule) => {
        if (rule.reads.some((key) => sweptKeys.includes(key))) return [rule];
        // It holds in all of the trainer's cells or in none, since none of them has another value.
        const config = valuesAt(cells, firstOf(cells, name), rule.reads);
        return rule.isIdle(config, shape) ? [{ ...rule, reads: [], isIdle: () => true }] : [];
      });
      return [name, rulesToApply(effective)];
    }),
  );
  if (rules.values().every(({ rules }) => rules.length === 0)) return [];
  const numberOf = numberCombinations({ cells, trainers }, sweptKeys);
  const groups = new Map<number, { keys: readonly string[]; cells: number[] }>();
  for (let index = 0; index < cells.length; index++) {
    const own = rules.get(cells.valueAt(index, "trainer") as TrainerName);
    if (!own || own.rules.length === 0) continue;
    // No more of the config than the rules read: whole cells would take much longer to make.
    const config = valuesAt(cells, index, own.reads);
    let idle = "";
    own.rules.forEach((rule, number) => idle += rule.isIdle(config, shape) ? `${number} ` : "");
    if (idle === "") continue;
    const keys = own.idleKeys.get(idle) ?? idleKeysOf(own.rules, idle, sweptKeys);
    own.idleKeys.set(idle, keys);
    const number = numberOf(index, keys);
    const group = groups.get(number);
    if (group) group.cells.push(index);
    else groups.set(number, { keys, cells: [index] });
  }
  return [...groups.values()].filter(({ cells }) => cells.length > 1);
}

/** Rules with all that they read, and the idle keys that were found for some of them together. */
function rulesToApply(rules: readonly IdleRule[]) {
  const reads = [...new Set(rules.flatMap(({ reads }) => reads))];
  return { rules, reads, idleKeys: new Map<string, readonly string[]>() };
}

/** The index of a trainer's first cell. */
function firstOf(cells: Cells, trainer: TrainerName): number {
  let index = 0;
  while (index < cells.length && cells.valueAt(index, "trainer") !== trainer) index++;
  return index;
}

function valuesAt(cells: Cells, index: number, keys: readonly string[]): Config {
  const values: Record<string, HyperparameterValue> = {};
  for (const key of keys) values[key] = cells.valueAt(index, key) ?? "";
  return values;
}

/** The swept keys that change nothing by some of the rules. */
function idleKeysOf(
  rules: readonly IdleRule[],
  numbers: string,
  sweptKeys: readonly string[],
): readonly string[] {
  const idle = numbers.trim().split(" ").flatMap((number) => rules[Number(number)].keys);
  return sweptKeys.filter((key) => idle.includes(key));
}
