import { html, type TemplateResult } from "lit-html";
import { replicateName } from "../../../experiment/replicates.ts";
import type { Verdict } from "../../../results/comparison.ts";
import { type AnyComparison, compareAny, type PairTable } from "../../../statistics/compare_any.ts";
import type { ComparedCell } from "../../../statistics/compare_pair.ts";
import { capitalized } from "../../../wording/capitalized.ts";
import { describePair } from "../../../wording/describe_pair.ts";
import type { MetricScale } from "../../../wording/metric_scale.ts";
import { STANDINGS } from "../../../wording/standings.ts";
import type { CellRuns } from "../../compared_data.ts";
import type { PageCell } from "../../page_data.ts";
import { data } from "./page_data.ts";

const { compared } = data;

/** One run of a cell. */
export interface PageRun {
  /** `seed 3`, or `seed 3, fold 2`. */
  readonly replicate: string;
  readonly seed: number;
  readonly fold?: number;
  readonly key: string;
  /** As in runs.csv; absent if the run has none. */
  readonly value?: number;
  readonly status: string;
}

export const scale: MetricScale = {
  ...compared.scale,
  bounds: withInfinities(compared.scale.bounds),
  differenceBounds: withInfinities(compared.scale.differenceBounds),
};

export const baseline = data.cells.find(({ isBaseline }) => isBaseline)?.name ?? "";

const places = new Map(data.cells.map(({ name }, place) => [name, place]));

/** What the page knows of a cell. */
export function cellNamed(name: string): PageCell & CellRuns | undefined {
  const place = places.get(name);
  return place === undefined ? undefined : { ...data.cells[place], ...compared.cells[place] };
}

/** A cell's runs, in the order of the seeds and folds. */
export function runsOf(name: string): PageRun[] {
  const { keys = [], metric = [], at, statuses } = cellNamed(name) ?? {};
  return keys.map((key, index) => {
    const [seed, fold] = compared.replicates[at?.[index] ?? index];
    const replicate = fold === undefined ? { seed } : { seed, fold };
    return {
      ...replicate,
      replicate: replicateName(replicate),
      key,
      value: metric[index] ?? undefined,
      status: statuses?.[index] ?? "completed",
    };
  });
}

let known: PairTable | undefined;

/** How a cell compares with any other. */
export function comparisonOf(name: string, reference: string): AnyComparison {
  known ??= {
    cells: new Map(data.cells.map(({ name }) => [name, comparedCell(name)])),
    criteria: compared.criteria,
    baseline,
    planned: new Map(
      data.cells.flatMap(({ name }, place) => {
        const { planned } = compared.cells[place];
        return planned ? [[name, planned]] : [];
      }),
    ),
    repeats: new Map(
      data.cells.flatMap(({ name }, place) => {
        const { repeats } = compared.cells[place];
        return repeats === undefined ? [] : [[name, repeats]];
      }),
    ),
  };
  return compareAny(name, reference, known);
}

function comparedCell(name: string): ComparedCell {
  const runs = runsOf(name);
  return {
    runs: runs.length,
    values: new Map(
      runs.flatMap(({ replicate, value }) => value === undefined ? [] : [[replicate, value]]),
    ),
  };
}

/** How one cell stands to another: `is better than`. */
function standingOf({ kind, verdict }: AnyComparison): string {
  return kind === "same" ? "is the same run as" : STANDINGS[verdict];
}

/** The difference in words, with the interval that the verdict rests on. */
export function differenceText({ differences, mean, interval, kind }: AnyComparison): string {
  return describePair({ n: differences.size, mean, interval }, {
    scale,
    intervalName: kind === "planned" ? compared.intervalName : "simultaneous 95% interval",
    noun: compared.replicates.some(([, fold]) => fold !== undefined) ? "run" : "seed",
  });
}

/** `Dropout 0.1 is better than dropout 0.2: +0.8 points (…).` */
export function comparisonSentence(
  name: string,
  reference: string,
  comparison: AnyComparison,
): TemplateResult {
  const [own, other] = [html`<bdi>${capitalized(name)}</bdi>`, html`<bdi>${reference}</bdi>`];
  const difference = differenceText(comparison);
  return comparison.mean === undefined
    ? html`${own} and ${other} cannot be compared: ${difference}.`
    : html`${own} ${standingOf(comparison)} ${other}: ${difference}.`;
}

/** A word for a table. */
export function verdictWord({ kind, verdict }: AnyComparison): Verdict | "same run" {
  return kind === "same" ? "same run" : verdict;
}

/** JSON has no infinities. */
function withInfinities([least, most]: readonly [number | null, number | null]) {
  return [least ?? -Infinity, most ?? Infinity] as const;
}
