import { nothing, svg, type TemplateResult } from "lit-html";
import type { TableColumn } from "../../table/cell_table.ts";

/** The size of a bar, in its own units. */
const [WIDTH, HEIGHT] = [100, 16];
/** Room at either end for arrows and dots. */
const MARGIN = 5;
const MIDDLE = HEIGHT / 2;

/**
 * A row's interval on the axis that all bars of its column have in common, with the baseline and the
 * band of equivalence. An arrow says that it goes on beyond the axis. Nothing without a mean.
 */
export function intervalBar(
  { fields, interval }: TableColumn,
  row: number,
  color: string,
): TemplateResult | typeof nothing {
  const mean = fields[row];
  if (!interval?.bar || typeof mean !== "number") return nothing;
  const { axis: [least, most], reference, equivalence } = interval.bar;
  const x = (value: number) =>
    MARGIN + (WIDTH - 2 * MARGIN) * (Math.min(most, Math.max(least, value)) - least) /
      (most - least || 1);
  const [low, high] = [interval.low[row] ?? mean, interval.high[row] ?? mean];
  const isIn = (value: number) => least <= value && value <= most;
  return svg`
    <svg class="bar" viewBox="0 0 ${WIDTH} ${HEIGHT}" color="${color}"
      aria-hidden="true">
    ${equivalence === undefined ? nothing : svg`
      <rect class="band" x="${x(-equivalence)}" y="0"
        width="${x(equivalence) - x(-equivalence)}" height="${HEIGHT}"></rect>
    `}${reference === null || !isIn(reference)
      ? nothing
      : svg`<path class="reference" d="M${
        x(reference)
      } 0V${HEIGHT}"></path>`}<path class="range" d="M${x(low)} ${MIDDLE}H${x(high)}"></path>
    ${low < least ? arrow(0, 1) : nothing}${high > most ? arrow(WIDTH, -1) : nothing}
    ${isIn(mean) ? svg`<circle cx="${x(mean)}" cy="${MIDDLE}" r="3"></circle>` : nothing}
    </svg>
  `;
}

/** A triangle with its point at the edge. */
function arrow(edge: number, direction: 1 | -1): TemplateResult {
  const back = edge + direction * MARGIN;
  return svg`<path class="arrow" d="M${edge} ${MIDDLE}L${back} ${MIDDLE - 4}V${
    MIDDLE + 4
  }Z"></path>`;
}
