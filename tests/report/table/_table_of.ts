import { analysisOf } from "../../../src/report/analysis_of.ts";
import { withDisplayNames } from "../../../src/report/display_names.ts";
import { rankCells } from "../../../src/report/report_cell.ts";
import type { ReportInput } from "../../../src/report/report_input.ts";
import type { CellTable, Field, TableColumn } from "../../../src/report/table/cell_table.ts";
import { makeCellTable } from "../../../src/report/table/make_cell_table.ts";
import { type TableView, wholeView } from "../../../src/report/table/text_columns.ts";
import { type Sample, sampleInput } from "../_sample_input.ts";

/** A sample's table of cells, as the page has it. */
export function tableOf(sample: Sample): CellTable {
  return tableOfInput(sampleInput(sample));
}

/** A report's table of cells. */
export function tableOfInput(given: ReportInput): CellTable {
  const { input, cells, analysis } = withDisplayNames({
    input: given,
    cells: rankCells(given),
    analysis: analysisOf(given),
  });
  const { manifest, test } = input;
  return makeCellTable(cells, { analysis, manifest, test });
}

/** The column with a name. */
export function columnOf({ columns }: CellTable, name: string): TableColumn {
  const column = columns.find((column) => column.name === name);
  if (!column) throw new Error(`The table has no column ${name}`);
  return column;
}

/** All of a table, with the columns of some names. */
export function viewOf(table: CellTable, ...names: string[]): TableView {
  return wholeView(table, names.map((name) => columnOf(table, name)));
}

/** A table of two columns: words, and a hyperparameter's values. */
export function plainTableOf(words: readonly string[], values: readonly Field[]): CellTable {
  const text = { format: { kind: "text" }, fields: words, group: "name" } as const;
  return {
    columns: [
      { name: "name", heading: "Cell", ...text },
      { name: "cell", heading: "In the CSV files", ...text },
      {
        name: "rate",
        heading: "Rate (%)",
        format: { kind: "value" },
        fields: values,
        group: "swept",
      },
    ],
    rows: words.length,
    order: { column: "rate", isDescending: false },
  };
}
