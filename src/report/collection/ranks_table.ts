import type { OverTables } from "../../statistics/over_tables/compare_over_tables.ts";
import type { CellTable, Field, TableColumn } from "../table/cell_table.ts";

const COUNT = { kind: "number", factor: 1, decimals: 0 } as const;
const PROBABILITY = { kind: "p" } as const;

/**
 * The table of cells over several datasets, the best mean rank first.
 *
 * @param words What cells are called.
 */
export function ranksTable({ cells }: OverTables, words: (cell: string) => string): CellTable {
  const column = (
    name: string,
    heading: string,
    format: TableColumn["format"],
    of: (cell: OverTables["cells"][number]) => Field | undefined,
  ): TableColumn => ({
    ...{ name, heading, format, group: "result" },
    fields: cells.map((cell) => of(cell) ?? null),
  });
  return {
    columns: [
      {
        ...column(
          "cell",
          "Cell",
          { kind: "text" },
          ({ cell, compared }) => compared ? words(cell) : `${words(cell)} (baseline)`,
        ),
        group: "name",
      },
      column("mean_rank", "Mean rank", { kind: "number", factor: 1, decimals: 2 }, (cell) => {
        return cell.meanRank;
      }),
      column("wins", "Wins", COUNT, ({ compared }) => compared?.wins),
      column("ties", "Ties", COUNT, ({ compared }) => compared?.ties),
      column("losses", "Losses", COUNT, ({ compared }) => compared?.losses),
      column("better", "Clear wins", COUNT, ({ compared }) => compared?.better),
      column("worse", "Clear losses", COUNT, ({ compared }) => compared?.worse),
      column("verdict", "Verdict", { kind: "text" }, ({ compared }) => compared?.verdict),
      column("p_holm", "p (Wilcoxon, Holm)", PROBABILITY, ({ compared }) => compared?.pHolm),
      column("p_nemenyi", "p (Nemenyi)", PROBABILITY, ({ compared }) => compared?.pNemenyi),
    ],
    rows: cells.length,
    order: { column: "mean_rank", isDescending: false },
  };
}
