import { columnOf, measureOf } from "../../measures/metrics.ts";
import { VERDICTS } from "../../results/comparison.ts";
import type { DatasetRow } from "../../results/datasets_csv.ts";
import { cellNames } from "../../wording/describe_cell.ts";
import { inBrackets, metricScale } from "../../wording/metric_scale.ts";
import type { CellTable, Field, TableColumn } from "../table/cell_table.ts";
import type { CollectionResults } from "./collection_results.ts";

const TEXT = { kind: "text" } as const;
const COUNT = { kind: "number", factor: 1, decimals: 0 } as const;

/** The table of datasets, in the order of the experiment: all that the page and `table` write. */
export function datasetsTable(results: CollectionResults): CellTable {
  const { datasets, question, means, testMeasure } = results;
  const bestNames = bestNamesOf(results);
  const scale = metricScale(question.metric, means);
  const mean = { kind: "number", factor: scale.factor, decimals: scale.decimals } as const;
  const fields = (of: (row: DatasetRow, index: number) => Field | undefined) =>
    datasets.map((row, index) => finite(of(row, index)));
  const bounds = scale.differenceBounds.map((end) => end / scale.factor)
    .map(finite) as [number | null, number | null];
  const column = (
    name: string,
    heading: string,
    of: (row: DatasetRow, index: number) => Field | undefined,
    format: TableColumn["format"] = COUNT,
  ): TableColumn => ({ name, heading, format, fields: fields(of), group: "result" });
  const heading = (what: string) => `${what}${inBrackets(scale.heading)}`;
  const columns = [
    { ...column("dataset", "Dataset", ({ dataset }) => dataset, TEXT), group: "name" as const },
    column("rows", "Rows", ({ rows }) => rows),
    column("features", "Inputs", ({ features }) => features),
    column("classes", "Classes", ({ classes }) => classes || null),
    column("runs", "Runs", ({ runs }) => runs),
    column("best_name", "Best cell", (_, index) => bestNames[index], TEXT),
    {
      ...column("best", "Best cell in the CSV files", ({ best }) => best, TEXT),
      group: "detail" as const,
    },
    column("baseline_mean", heading("Baseline"), ({ baselineMean }) => baselineMean, mean),
    column("best_mean", heading("Best"), ({ bestMean }) => bestMean, mean),
    {
      ...column(
        "mean_difference",
        `Difference${inBrackets(scale.differenceHeading)}`,
        ({ meanDifference }) => meanDifference,
        { ...mean, isSigned: true },
      ),
      interval: {
        heading: "simultaneous 95% interval",
        names: ["ci_low_simultaneous", "ci_high_simultaneous"] as const,
        low: datasets.map(({ ciLow }) => numberOf(ciLow)),
        high: datasets.map(({ ciHigh }) => numberOf(ciHigh)),
        bounds,
      },
    },
    {
      ...column("verdict", "Verdict", ({ verdict }) => verdict, TEXT),
      ranks: datasets.map(({ verdict }) => verdict ? -VERDICTS.indexOf(verdict) : null),
    },
    ...testMeasure === undefined ? [] : testColumns(results, testMeasure, column),
  ];
  return {
    columns: columns.filter(({ fields }) => fields.some((field) => field !== null)),
    rows: datasets.length,
    order: { column: "dataset", isDescending: false },
  };
}

type MakeColumn = (
  name: string,
  heading: string,
  of: (row: DatasetRow) => Field | undefined,
  format?: TableColumn["format"],
) => TableColumn;

function testColumns(
  { datasets }: CollectionResults,
  key: string,
  column: MakeColumn,
): TableColumn[] {
  const { label } = measureOf(key);
  const means = datasets.flatMap(({ testBest, testBaseline }) => [
    ...[{ mean: testBest }, { mean: testBaseline }],
  ]);
  const scale = metricScale(columnOf("validation", { key }), means);
  const format = { kind: "number", factor: scale.factor, decimals: scale.decimals } as const;
  const heading = (what: string) => `${what}, test ${label}${inBrackets(scale.heading)}`;
  return [
    column("test_baseline", heading("Baseline"), ({ testBaseline }) => testBaseline, format),
    column("test_best", heading("Best"), ({ testBest }) => testBest, format),
  ];
}

/** What cells that all datasets have are called, by their names in the CSV files. */
export function wordsOf({ manifests: [first] }: CollectionResults): (cell: string) => string {
  return first ? cellNames(first) : (cell) => cell;
}

/** What the best cells are called: those of a search as in the dataset's own report. */
function bestNamesOf(results: CollectionResults): Field[] {
  const { datasets, manifests, isSearched } = results;
  const words = wordsOf(results);
  return datasets.map(({ best }, index) => {
    if (best === undefined) return null;
    return isSearched ? cellNames(manifests[index])(best) : words(best);
  });
}

function numberOf(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** A field that JSON can carry. */
function finite(value: Field | undefined): Field {
  return typeof value === "number" ? numberOf(value) : value ?? null;
}
