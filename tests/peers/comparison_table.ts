import type { Comparison, Means } from "./compare.ts";

const HEADER = [
  "| experiment | measure | no regularization | best cell | scikit-learn | on the test rows |",
  "| --- | --- | --- | --- | --- | --- |",
];

/** The comparisons as a table of docs/data.md. */
export function comparisonTable(comparisons: readonly Comparison[]): string {
  return [...HEADER, ...comparisons.map(comparisonRow)].join("\n");
}

/** One of its lines. */
export function comparisonRow(
  { experiment, measure, bestCell, validation, test }: Comparison,
): string {
  const format = (value: number) =>
    measure === "r2" ? value.toFixed(3) : `${(100 * value).toFixed(1)}%`;
  const means = ({ unregularized, best, peer }: Means) => [unregularized, best, peer].map(format);
  const [none, best, peer] = means(validation);
  const cells = [
    `[${experiment}](../experiments/${experiment}.yaml)`,
    measure,
    none,
    `${best} (\`${bestCell}\`)`,
    peer,
    means(test).join(", "),
  ];
  return `| ${cells.join(" | ")} |`;
}
