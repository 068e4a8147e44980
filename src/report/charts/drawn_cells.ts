import { rankCells } from "../report_cell.ts";
import type { RowlessInput } from "../report_input.ts";
import { bestOf, bestOfEachGroup } from "./_shown_cells.ts";

/** Names of the cells whose learning curves or weights a report draws, or offers to draw. */
export function drawnCells(
  input: RowlessInput & { readonly cellsWithLines: ReadonlySet<string> },
): Set<string> {
  const withWeights = rankCells(input).filter(({ metric }) => metric);
  const withLines = withWeights.filter(({ name }) => input.cellsWithLines.has(name));
  const drawn = [withWeights, withLines].flatMap((cells) => bestOf(cells, bestOfEachGroup(cells)));
  return new Set(drawn.map(({ name }) => name));
}
