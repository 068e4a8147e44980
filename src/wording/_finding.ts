import { countOf, formatCount } from "../format_number.ts";
import { areAllTheBaseline, type Story, tiedForBest } from "./_story.ts";
import { describeDifference, describeMean } from "./describe_difference.ts";
import { STANDINGS } from "./standings.ts";

/** What was found: one sentence that starts in lower case. */
export function finding(story: Story): string {
  const { analysis, scale, subject, name } = story;
  const { cells, question: { baseline }, selection } = analysis;
  if (!selection) return `${lostClause(analysis)}, so there is nothing to compare.`;
  if (cells.length === 1) {
    const [{ mean = NaN, ciLow, ciHigh }] = cells;
    const text = describeMean({ mean, ciLow, ciHigh }, scale);
    return `the only cell reaches a mean ${scale.noun} of ${text}.`;
  }
  if (areAllTheBaseline(analysis)) {
    const all = cells.length === 2 ? "both cells" : `all ${countOf(cells.length, "cell")}`;
    return `${all} are the same run: the settings in which they differ have no effect.`;
  }
  const top = bestMeanClause(story);
  const tied = tiedForBest(analysis);
  if (!subject) {
    return selection.best === baseline
      ? `${top}; no other cell has a completed run on the same seeds.`
      : `${top}; ${tied.length > 1 ? "they" : "it"} cannot be compared with ${name(baseline)}, ` +
        "which has no completed run on the same seeds.";
  }
  const cell = name(subject.cell);
  const gap = describeDifference(subject, analysis);
  const standing = STANDINGS[subject.verdict];
  if (tied.length > 1 && tied.includes(subject.cell)) {
    const isBoth = tied.length === 2 && tied.includes(baseline);
    if (isBoth && subject.verdict === "undecided") return `${top}: ${gap}.`;
    if (isBoth && subject.verdict === "equivalent") return `${top} and are equivalent: ${gap}.`;
    return `${top}; ${cell} ${standing} ${name(baseline)}: ${gap}.`;
  }
  if (subject.verdict === "better") return `${cell} ${standing} ${name(baseline)}: ${gap}.`;
  return selection.best === baseline
    ? `${top}; the next best, ${cell}, ${standing} it: ${gap}.`
    : `${top}, but ${standing} ${name(baseline)}: ${gap}.`;
}

/** What became of all runs, where none completed: `all 9 runs diverged`. */
function lostClause({ cells }: Story["analysis"]): string {
  const sum = (key: "diverged" | "failed") => cells.reduce((sum, cell) => sum + cell[key], 0);
  const [diverged, failed] = [sum("diverged"), sum("failed")];
  const runs = diverged + failed;
  if (runs === 0) return "no run completed";
  if (diverged > 0 && failed > 0) {
    return `of ${formatCount(runs)} runs, ${formatCount(diverged)} diverged and ` +
      `${formatCount(failed)} failed`;
  }
  const all = runs === 1
    ? "the only run"
    : runs === 2
    ? "both runs"
    : `all ${countOf(runs, "run")}`;
  return `${all} ${diverged > 0 ? "diverged" : "failed"}`;
}

/** `dropout 0.5 has the highest mean`, or `a and b tie for the highest mean`. */
export function bestMeanClause({ analysis, subject, extreme, name }: Story): string {
  const { selection, question: { baseline } } = analysis;
  const tied = tiedForBest(analysis);
  if (tied.length === 1) {
    // Means over different seeds cannot be compared as they are.
    const isRelative = analysis.question.looks && selection?.best !== baseline;
    const relative = isRelative ? " relative to the baseline" : "";
    return `${name(selection?.best ?? "")} has the ${extreme} mean${relative}`;
  }
  const isFirst = (cell: string) => Number(cell === baseline) * 2 + Number(cell === subject?.cell);
  const names = tied.toSorted((a, b) => isFirst(b) - isFirst(a)).map(name);
  return `${listCells(names)} tie for the ${extreme} mean`;
}

/** `a and b`, `a, b and c`, `a, b and 7 other cells`. */
function listCells(names: readonly string[]): string {
  const shown = names.length > 3 ? names.slice(0, 2) : names.slice(0, -1);
  const rest = names.length - shown.length;
  const last = rest > 1 ? countOf(rest, "other cell") : names[names.length - 1];
  return `${shown.join(", ")} and ${last}`;
}
