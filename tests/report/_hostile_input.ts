import type { ReportInput } from "../../src/report/report_input.ts";
import { type Sample, sampleInput } from "./_sample_input.ts";
import { SAMPLES } from "./_samples.ts";

type Values = ReportInput["cells"][number]["values"];

/** As bad as a name can be: markup, quotes, an expression, entities, emoji, right to left. */
export const HOSTILE_TEXT =
  `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'\`\${alert(3)}&amp;🦕\u202eאבג`;

/** A report's input in which every text from a user's file is hostile. */
export function hostileInput(sample: Sample = SAMPLES.diverged): ReportInput {
  const input = sampleInput(sample);
  const { manifest } = input;
  const names = new Map(
    manifest.experiment.cells.map(({ name }, index) => [name, `${HOSTILE_TEXT}${index}`]),
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
        typeof value === "string" ? `${HOSTILE_TEXT}${value}` : value,
      ]),
    ),
  });
  return {
    ...input,
    manifest: {
      ...manifest,
      experiment: {
        ...manifest.experiment,
        name: HOSTILE_TEXT,
        description: HOSTILE_TEXT,
        file: HOSTILE_TEXT,
        baseline: names.get(manifest.experiment.baseline) ?? "",
        swept: manifest.experiment.swept.map((key) => ({
          ...key,
          label: HOSTILE_TEXT,
          unit: HOSTILE_TEXT,
        })),
        fixed: { [HOSTILE_TEXT]: HOSTILE_TEXT },
        cells: manifest.experiment.cells.map((cell) => ({
          ...revalued(cell),
          name: names.get(cell.name) ?? "",
          technique: HOSTILE_TEXT,
        })),
      },
      dataset: { ...manifest.dataset, path: HOSTILE_TEXT, target: HOSTILE_TEXT },
      failures: manifest.failures.map((failure) => ({ ...failure, reason: HOSTILE_TEXT })),
      machine: { ...manifest.machine, cpu: HOSTILE_TEXT },
      versions: { [HOSTILE_TEXT]: HOSTILE_TEXT },
      files: { [HOSTILE_TEXT]: HOSTILE_TEXT },
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
      actual: `${HOSTILE_TEXT}${row.actual}`,
      predicted: `${HOSTILE_TEXT}${row.predicted}`,
    })),
  };
}
