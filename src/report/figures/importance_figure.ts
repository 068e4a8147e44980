import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { type ImportanceBar, importanceBars } from "../charts/importance_bars.ts";
import type { Figure } from "../figure.ts";
import { IMPORTANCE_SENTENCE } from "../../wording/sentences.ts";
import type { FigureContext } from "./figure_context.ts";

/** Effects beyond these are summed up: no one reads interactions of five values one by one. */
const MOST_EFFECTS = 12;

/** What each of several swept values accounts for; nothing where that cannot be told. */
export function importanceFigure(
  _cells: readonly ReportCell[],
  { manifest }: ReportInput,
  { analysis: { importance } }: FigureContext,
): Figure | undefined {
  // With one swept value there is nothing to tell apart.
  if ("reason" in importance || importance.effects.length < 2) return undefined;
  const labels = new Map(manifest.experiment.swept.map(({ key, label }) => [key, label]));
  const effects = importance.effects.toSorted((a, b) => b.share - a.share);
  const rest = effects.slice(MOST_EFFECTS);
  const bars: ImportanceBar[] = [
    ...effects.slice(0, MOST_EFFECTS).map(({ keys, share }) => ({
      label: keys.map((key) => labels.get(key) ?? key).join(" × "),
      share,
      isEffect: true,
    })),
    ...(rest.length > 0
      ? [{
        label: `${rest.length} smaller ones`,
        share: rest.reduce((sum, { share }) => sum + share, 0),
        isEffect: true,
      }]
      : []),
    { label: "seed", share: importance.seed, isEffect: false },
    { label: "chance", share: importance.residual, isEffect: false },
  ];
  const heading = "Importance of the swept values";
  return {
    heading,
    caption: IMPORTANCE_SENTENCE,
    charts: [{ id: "importance", title: heading, spec: importanceBars(bars) }],
  };
}
