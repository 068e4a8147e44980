import { SIGNIFICANCE } from "../results/comparison.ts";
import { naturalLogarithm } from "./_student_t.ts";

const E = 2.718281828459045;

/**
 * The part of the 5% that each look spends: what is spent up to a look grows with its share x of the
 * last one's seeds as 0.05 · ln(1 + (e − 1)x).
 *
 * Source: Lan and DeMets, Discrete Sequential Boundaries for Clinical Trials (1983), the function
 * like Pocock's.
 *
 * @param looks Numbers of seeds, ascending.
 */
export function levelsOf(looks: readonly number[]): number[] {
  const last = looks[looks.length - 1];
  const spent = looks.map((seeds) => SIGNIFICANCE * naturalLogarithm(1 + (E - 1) * (seeds / last)));
  return spent.map((sum, look) => look === 0 ? sum : sum - spent[look - 1]);
}
