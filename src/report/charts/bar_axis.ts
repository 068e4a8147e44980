import { endsOf, type Estimate } from "../estimate.ts";
import { focusDomain } from "./_focus_domain.ts";

/**
 * The axis that the interval bars of a table's column have in common, in the estimates' units.
 *
 * @param estimates Best cell first; undefined where there is none.
 * @param seen Values that it has to show, such as 0.
 */
export function barAxis(
  estimates: readonly (Estimate | undefined)[],
  seen: readonly number[],
): [number, number] {
  return focusDomain(estimates.map(endsOf), [-Infinity, Infinity], seen);
}
