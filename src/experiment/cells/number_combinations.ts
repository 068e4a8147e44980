import { canonicalValue } from "../../trainers/config.ts";
import { formatValue } from "../../trainers/format_value.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { Experiment } from "../experiment.ts";
import { hyperparameterOrTrainer } from "../schema/hyperparameter_or_trainer.ts";

const FREE = -1;
const NOTHING: readonly string[] = [];

/**
 * Numbers the combinations of cells' values of some keys, from 0 in the order of the first time; equal
 * ones have the same number.
 *
 * It is for up to a million cells: a hash table of typed arrays, since a text or a map's entry for
 * each would take many times as long.
 *
 * @returns A function that gives a cell's number by the cell's index; values of `blank` keys count as
 * the same, but not as those of cells where the key is not blank. Pass the same array for
 * equal lists: each array is prepared once.
 */
export function numberCombinations(
  { cells, trainers }: Pick<Experiment, "cells" | "trainers">,
  keys: readonly string[],
): (index: number, blank?: readonly string[]) => number {
  const columns = keys.map((key) => ({ key, row: hyperparameterOrTrainer(key, trainers) }));
  let size = 2;
  while (size < 2 * cells.length) size *= 2;
  /** Numbers by a hash of the values: open addressing, at most half full. */
  const slots = new Int32Array(size).fill(FREE);
  /** By number: the first cell, and what is blank in it. */
  const firsts: number[] = [];
  const blanks: string[] = [];

  const scalarOf = ({ key, row }: typeof columns[number], index: number) => {
    const value = cells.valueAt(index, key);
    return value === undefined ? value : textOf(canonicalValue(row, value));
  };
  const without = new Map<readonly string[], { counted: typeof columns; blankText: string }>();
  return (index, blank = NOTHING) => {
    let part = without.get(blank);
    if (!part) {
      const counted = columns.filter(({ key }) => !blank.includes(key));
      without.set(blank, part = { counted, blankText: blank.join() });
    }
    const { counted, blankText } = part;
    let hash = 0;
    for (const column of counted) hash = mix(hash, scalarOf(column, index));
    let slot = finish(hash) & (size - 1);
    for (; slots[slot] !== FREE; slot = (slot + 1) & (size - 1)) {
      const number = slots[slot];
      const first = firsts[number];
      const isSame = blanks[number] === blankText &&
        counted.every((column) => scalarOf(column, first) === scalarOf(column, index));
      if (isSame) return number;
    }
    slots[slot] = firsts.length;
    firsts.push(index);
    blanks.push(blankText);
    return slots[slot];
  };
}

function textOf(value: HyperparameterValue): string | number {
  return typeof value === "number" || typeof value === "string" ? value : formatValue(value);
}

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

/** Source: Fowler, Noll and Vo's hash FNV-1a, a word at a time. */
function mix(hash: number, value: string | number | undefined): number {
  if (typeof value === "number") {
    float[0] = value;
    const low = Math.imul(hash ^ words[0], 0x01000193);
    return Math.imul(low ^ (low >>> 15) ^ words[1], 0x01000193);
  }
  for (const letter of value ?? "") hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return Math.imul(hash, 0x01000193);
}

/** Source: the finalizer of Appleby's MurmurHash3. */
function finish(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
