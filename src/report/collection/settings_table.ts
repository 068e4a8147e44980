import { isOn } from "../../wording/describe_cell.ts";
import type { CellTable } from "../table/cell_table.ts";
import type { CollectionResults } from "./collection_results.ts";

/**
 * On how many datasets the selected cell has each regularizer, the commonest first; undefined if no
 * dataset has a choice.
 */
export function settingsTable(
  { datasets, manifests }: Pick<CollectionResults, "datasets" | "manifests">,
): CellTable | undefined {
  const labels = new Map(
    manifests.flatMap(({ experiment: { swept } }) => swept)
      .flatMap(({ key, label, regularizer }) => regularizer ? [[key, label] as const] : []),
  );
  const rows = [...labels].flatMap(([key, label]) => {
    // By dataset, whether each cell has it.
    const having = manifests.map(({ experiment: { cells } }) =>
      new Map(cells.map(({ name, values }) => [name, isOn(values[key])]))
    );
    const isChosen = having.some((cells) => new Set(cells.values()).size > 1);
    const selected = datasets.filter(({ best = "" }, dataset) => having[dataset].get(best));
    return isChosen ? [{ label, count: selected.length }] : [];
  }).sort((a, b) => b.count - a.count);
  if (rows.length === 0) return undefined;
  return {
    columns: [
      {
        ...{ name: "setting", heading: "Regularizer", format: { kind: "text" }, group: "name" },
        fields: rows.map(({ label }) => label),
      },
      {
        ...{ name: "selected", heading: `Of ${datasets.length} datasets`, group: "result" },
        format: { kind: "number", factor: 1, decimals: 0 },
        fields: rows.map(({ count }) => count),
      },
    ],
    rows: rows.length,
    order: { column: "selected", isDescending: true },
  };
}
