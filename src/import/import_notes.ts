import { countOf, formatCount } from "../format_number.ts";
import { listSome } from "../list_words.ts";
import { oneLine } from "../one_line.ts";
import type { ImportedRuns } from "./read_imported_runs.ts";

/** Cells, seeds and columns that a note lists. */
const MOST_LISTED = 5;

/** What to know of imported runs before relying on them, in sentences. */
export function importNotes(
  { experiment, imported, runs, failures, states }: ImportedRuns,
): string[] {
  const { leftOut, where, seedNames, columns } = imported;
  return [
    ...columns.seed.length === 0
      ? [`Seeds are from the columns ${listSome(columns.metric, MOST_LISTED)}`]
      : [],
    ...seedNames
      ? [
        `Seeds are numbered as they appear: ${
          listSome(seedNames.map((name, index) => `${index + 1} is ${name}`), MOST_LISTED)
        }`,
      ]
      : [],
    ...where.length > 0
      ? [
        `${countOf(leftOut, "row")} without ${where.join(" and ")} ${
          leftOut === 1 ? "is" : "are"
        } left out`,
      ]
      : [],
    ...failures.length > 0
      ? [
        `${countOf(failures.length, "run")} without a value ${
          failures.length === 1 ? "counts" : "count"
        } as failed: ${failures[0].reason}${failures.length > 1 ? ", and others" : ""}`,
      ]
      : [],
    ...states
      ? [
        `Runs are used whatever ${states.column} says: ${listSome(states.values, MOST_LISTED)}; ` +
        `--where ${states.column}=VALUE leaves the others out`,
      ]
      : [],
    ...unevenNotes(runs, experiment.seeds.length),
  ].map(oneLine);
}

function unevenNotes(runs: ImportedRuns["runs"], seeds: number): string[] {
  const counts = new Map<string, number>();
  for (const { cell } of runs) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const fewer = [...counts].filter(([, count]) => count < seeds);
  if (fewer.length === 0) return [];
  const shown = fewer.map(([cell, count]) => `${cell} has ${formatCount(count)}`);
  return [
    `Not every cell has all ${formatCount(seeds)} seeds: ${listSome(shown, MOST_LISTED)}. ` +
    "Only seeds that both cells have are compared",
  ];
}
