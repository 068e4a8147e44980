import { COMPARED, compareResults } from "../api/compare_results.ts";
import { comparisonJson, comparisonText } from "./compare_text.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Matches the runs of two sweeps by their keys, and shows where they differ. */
export async function compare({ operands: [a, b], options }: Invocation): Promise<number> {
  const comparison = { names: [a, b] as const, ...COMPARED.of(await compareResults(a, b)) };
  print(options.json ? comparisonJson(comparison) : comparisonText(comparison));
  return comparison.matched.different.length > 0 ? 1 : 0;
}
