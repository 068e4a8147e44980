import type { ManifestCell } from "../results/manifest.ts";
import type { HalvingRow } from "../results/run_row.ts";
import type { Analysis } from "../statistics/analyze.ts";
import { cellNames } from "../wording/describe_cell.ts";
import type { ReportCell } from "./report_cell.ts";
import type { ReportInput } from "./report_input.ts";

/** What a report is drawn from: its input, its cells from best to worst, and their analysis. */
export interface ReportContent {
  readonly input: ReportInput;
  readonly cells: readonly ReportCell[];
  readonly analysis: Analysis;
}

/**
 * Gives every cell the name that readers see, wherever a name stands: charts and sections need not
 * know another. `ReportCell.csvName` keeps the one in the CSV files.
 */
export function withDisplayNames({ input, cells, analysis }: ReportContent): ReportContent {
  const { manifest } = input;
  const { search } = manifest.experiment;
  const nameOf = cellNames({
    ...manifest,
    experiment: {
      ...manifest.experiment,
      cells: [...manifest.experiment.cells, ...stoppedCells(input)],
    },
  });
  const renamed = <Row extends { readonly cell: string }>(rows: readonly Row[]): Row[] =>
    rows.map((row) => ({ ...row, cell: nameOf(row.cell) }));
  const renamedKeys = <Value>(map: ReadonlyMap<string, Value>) =>
    new Map([...map].map(([cell, value]) => [nameOf(cell), value]));
  const baseline = nameOf(manifest.experiment.baseline);
  const summaries = renamed(input.cells);
  const comparisons = renamed(input.comparisons).map((row) => ({ ...row, baseline }));
  const { selection } = analysis;
  return {
    input: {
      ...input,
      manifest: {
        ...manifest,
        experiment: {
          ...manifest.experiment,
          baseline,
          cells: manifest.experiment.cells.map((cell) => ({ ...cell, name: nameOf(cell.name) })),
          ...search && {
            search: {
              ...search,
              found: search.found.map(({ best, ...found }) => ({
                ...found,
                ...best !== undefined && { best: nameOf(best) },
              })),
            },
          },
        },
        failures: renamed(manifest.failures),
      },
      runs: renamed(input.runs),
      cells: summaries,
      comparisons,
      ...input.cellsWithLines &&
        { cellsWithLines: new Set(Array.from(input.cellsWithLines, nameOf)) },
      ...input.halving && { halving: renamed(input.halving) },
      ...input.looks && { looks: renamed(input.looks) },
      ...input.test && { test: renamed(input.test) },
      ...input.units && { units: renamed(input.units) },
    },
    cells: cells.map((cell) => ({
      ...cell,
      name: nameOf(cell.name),
      summary: { ...cell.summary, cell: nameOf(cell.name) },
      ...cell.comparison &&
        { comparison: { ...cell.comparison, cell: nameOf(cell.name), baseline } },
    })),
    analysis: {
      ...analysis,
      question: { ...analysis.question, baseline },
      cells: summaries,
      comparisons,
      outlooks: renamedKeys(analysis.outlooks),
      repeats: new Map([...analysis.repeats].map(([cell, kept]) => [nameOf(cell), nameOf(kept)])),
      ...selection && {
        selection: {
          best: nameOf(selection.best),
          simplest: nameOf(selection.simplest),
          candidates: selection.candidates.map(nameOf),
          passedOver: selection.passedOver.map(nameOf),
        },
      },
    },
  };
}

/** Cells that were stopped early, which a manifest does not list. */
function stoppedCells({ manifest: { experiment }, halving = [] }: ReportInput): ManifestCell[] {
  const listed = new Set(experiment.cells.map(({ name }) => name));
  const stopped = halving.filter(({ isKept, cell }) => !isKept && !listed.has(cell));
  return stopped.map(({ cell, values }: HalvingRow) => {
    // A name consists of the keys that the cell's block of the grid sweeps.
    const swept = Object.keys(values).filter((key) => ` ${cell}`.includes(` ${key}=`));
    return { name: cell, technique: swept.join(" × "), values };
  });
}
