import { IMPORTANCE_SENTENCE } from "../../wording/sentences.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { importanceSpec, type ShareBar } from "./_importance_spec.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** Effects beyond these are added up: nobody reads interactions of five values one by one. */
const MOST_EFFECTS = 12;

/** What each of several swept values accounts for; undefined if they cannot be separated. */
export function importanceBars(
  _cells: readonly ReportCell[],
  { manifest }: ReportInput,
  { analysis: { importance } }: ChartContext,
): ChartGroup | undefined {
  // With one swept value there is nothing to separate; with one seed, nothing to tell from chance.
  if ("reason" in importance || importance.effects.length < 2) return undefined;
  const { looks } = manifest.experiment;
  if (manifest.runs.total <= manifest.experiment.cells.length) return undefined;
  const labels = new Map(manifest.experiment.swept.map(({ key, label }) => [key, label]));
  const effects = importance.effects.toSorted((a, b) => b.share - a.share);
  const rest = effects.slice(MOST_EFFECTS);
  const bars: ShareBar[] = [
    ...effects.slice(0, MOST_EFFECTS).map(({ keys, share }) => ({
      label: keys.map((key) => labels.get(key) ?? key).join(" × "),
      share,
      isEffect: true,
    })),
    ...(rest.length > 0
      ? [{
        label: `${rest.length} smaller effects`,
        share: rest.reduce((sum, { share }) => sum + share, 0),
        isEffect: true,
      }]
      : []),
    { label: "seed", share: importance.seed, isEffect: false },
    { label: "chance", share: importance.residual, isEffect: false },
  ];
  const heading = "Importance of the swept values";
  return {
    id: "shares",
    heading,
    caption: looks
      ? `${IMPORTANCE_SENTENCE} On the first ${looks[0]} seeds, which all cells have.`
      : IMPORTANCE_SENTENCE,
    charts: [{
      id: "importance",
      title: heading,
      spec: importanceSpec(bars, "Share of the sum of squares (%)"),
    }],
  };
}
