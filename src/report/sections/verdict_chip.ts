import type { Verdict } from "../../results/comparison.ts";
import { type Markup, markup } from "../markup.ts";

/** A verdict as a word that can be seen from afar. */
export function verdictChip(verdict: Verdict): Markup {
  return markup`<span class="verdict ${verdict}">${verdict}</span>`;
}
