import type { ReportInput } from "../../src/report/report_input.ts";
import { type Sample, sampleInput } from "./_sample_input.ts";
import { SAMPLES } from "./_samples.ts";

type Values = ReportInput["cells"][number]["values"];

/** As bad as a name can be: markup, quotes, an expression, entities, emoji, right to left. */
export const HOSTILE_TEXT =
  `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'\`\${alert(3)}&amp;🦕\u202eאבג`;

/** Texts that mean something to Vega, Vega-Lite or JavaScript. */
export const MEANINGFUL_TEXTS = [
  '{"expr": "1"}',
  "datum.x",
  "signal",
  "width",
  "'; alert(1)",
  "datum['",
  "a.b[0]",
  "\\",
  " ",
  "constructor",
  "toString",
  "__proto__",
];

/**
 * A report's input in which every text from a user's file is hostile.
 *
 * @param text What every text is, or starts with where several have to differ.
 */
export function hostileInput(
  sample: Sample = SAMPLES.diverged,
  text: string = HOSTILE_TEXT,
): ReportInput {
  const input = sampleInput(sample);
  const { manifest } = input;
  const { dataset } = manifest;
  const names = new Map(
    manifest.experiment.cells.map((
      { name },
      index,
    ) => [name, index === 0 ? text : `${text}${index}`]),
  );
  const renamed = <Row extends { readonly cell: string }>(row: Row): Row => ({
    ...row,
    cell: names.get(row.cell) ?? row.cell,
  });
  const revalued = <Row extends { readonly values: Values }>(row: Row): Row => ({
    ...row,
    values: Object.fromEntries(
      Object.entries(row.values).map(([key, value]) => [
        key,
        typeof value === "string" ? `${text}${value}` : value,
      ]),
    ),
  });
  return {
    ...input,
    manifest: {
      ...manifest,
      experiment: {
        ...manifest.experiment,
        name: text,
        description: text,
        tags: [text],
        notes: `${text}\n${text}`,
        file: text,
        baseline: names.get(manifest.experiment.baseline) ?? "",
        swept: manifest.experiment.swept.map((key) => ({
          ...key,
          label: text,
          unit: text,
        })),
        fixed: { [text]: text },
        cells: manifest.experiment.cells.map((cell) => ({
          ...revalued(cell),
          name: names.get(cell.name) ?? "",
          technique: text,
        })),
      },
      dataset: {
        ...dataset,
        path: text,
        target: text,
        classCounts: dataset.classCounts?.map(({ name, rows }) => {
          return { name: `${text}${name}`, rows };
        }),
      },
      failures: manifest.failures.map((failure) => ({ ...failure, reason: text })),
      machine: { ...manifest.machine, cpu: text },
      versions: { [text]: text },
      files: { [text]: text },
    },
    runs: input.runs.map(renamed).map(revalued),
    cells: input.cells.map(renamed).map(revalued),
    comparisons: input.comparisons.map((comparison) => ({
      ...renamed(comparison),
      baseline: names.get(comparison.baseline) ?? "",
    })),
    test: input.test?.map(renamed),
    units: input.units?.map(renamed),
    confusion: input.confusion?.map((row) => ({
      ...row,
      actual: `${text}${row.actual}`,
      predicted: `${text}${row.predicted}`,
    })),
  };
}
