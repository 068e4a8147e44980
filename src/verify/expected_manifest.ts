import type {
  Manifest,
  ManifestColumn,
  ManifestUnfinished,
  SweepManifest,
} from "../results/manifest.ts";
import { memberName } from "../results/read_manifest.ts";
import type { ManifestFacts } from "../sweep/build_manifest.ts";
import type { Finding } from "./check.ts";

/** Members that only the sweep itself could know: nothing says whether they are right. */
const UNCHECKED = ["experiment.file", "kernels", "runs.trained", "runs.known", "times", "machine"];
/** Of what an unfinished sweep says of itself: the rest follows from its runs. */
const CHECKED_IF_UNFINISHED: readonly PropertyKey[] = [
  ...["planned", "rung"] satisfies (keyof ManifestUnfinished)[],
];
const UNCHECKED_LAST = ["versions", "git"];

/** Members that only the report shows, and that a version of regsweep can word in another way. */
const WORDING =
  /^(experiment\.swept\[\d+\]\.(label|unit|regularizer)|measures|answer\.(\w+\.(name|noun|text)|advice|finding|limit))\b/;
const MOST_FINDINGS = 10;
/** The most characters of a member that a finding shows. */
const SHOWN = 100;

/**
 * The manifest that a sweep with these facts would write, where `uncheckedMembers()` are those that
 * the folder's manifest has.
 *
 * @param right The right checksums, and what the right rows answer.
 */
export function expectedManifest(
  stated: SweepManifest,
  facts: ManifestFacts,
  { files, answer }: Pick<Manifest, "files" | "answer">,
): SweepManifest {
  const reasons = new Map(stated.failures.map(({ run, reason }) => [run, reason]));
  const { trained, known } = stated.runs;
  return {
    ...stated,
    ...facts,
    // Earlier versions did not write it.
    state: stated.state && facts.state,
    unfinished: facts.unfinished,
    // Earlier versions did not write it.
    answer: stated.answer && answer,
    own: facts.own,
    experiment: {
      ...facts.experiment,
      file: stated.experiment.file,
      // Earlier versions did not write it.
      scope: stated.experiment.scope && facts.experiment.scope,
    },
    dataset: expectedDataset(stated.dataset, facts.dataset),
    measures: stated.measures && facts.measures,
    runs: { ...facts.runs, trained, known },
    failures: facts.failures.map((failure) => {
      return { ...failure, reason: reasons.get(failure.run) ?? failure.reason };
    }),
    files,
  };
}

function expectedDataset(
  stated: Manifest["dataset"],
  facts: Manifest["dataset"],
): Manifest["dataset"] {
  if (!stated || !facts) return facts;
  return {
    ...facts,
    // Earlier versions did not write these.
    task: stated.task && facts.task,
    classCounts: stated.classCounts && facts.classCounts,
    reading: stated.reading && facts.reading,
    columns: stated.columns && asStatedOfDropped(stated.columns, facts.columns),
  };
}

/**
 * Columns with what a manifest states of those that are dropped: the kept experiment drops them, so
 * their types are not detected again.
 */
function asStatedOfDropped(
  stated: readonly ManifestColumn[],
  columns: readonly ManifestColumn[] = [],
): ManifestColumn[] {
  const statedOf = new Map(stated.map((column) => [column.name, column]));
  return columns.map(({ why: _, ...column }) => {
    const { type = column.type, why } = statedOf.get(column.name) ?? {};
    const kept = column.use === "drop" ? { ...column, type } : column;
    return { ...kept, ...why !== undefined && { why } };
  });
}

/** Names the members of a manifest that cannot be checked because nobody can compute them again. */
export function uncheckedMembers(
  { unfinished, command, dataset, failures, notKept, tasks }: SweepManifest,
): string[] {
  return [
    ...Object.keys(unfinished ?? {}).filter((key) => !CHECKED_IF_UNFINISHED.includes(key))
      .map((key) => `unfinished.${key}`),
    ...command ? ["command"] : [],
    ...UNCHECKED,
    ...failures.length > 0 ? ["reasons of failures"] : [],
    ...dataset?.columns?.some(({ use }) => use === "drop") ? ["why columns are dropped"] : [],
    ...dataset?.columns?.some(({ use, why }) => use !== "drop" && why !== undefined)
      ? ["why columns are used"]
      : [],
    ...notKept ? ["notKept"] : [],
    ...tasks ? ["tasks"] : [],
    ...UNCHECKED_LAST,
  ];
}

/** Where a folder's manifest is not the expected one; its checksums are compared with the files. */
export function manifestFindings(
  { files: _, ...stated }: Manifest,
  { files: __, ...expected }: Manifest,
): Finding[] {
  const findings = differences(stated, expected, []);
  const more = findings.length - MOST_FINDINGS;
  if (more <= 1) return findings;
  return [...findings.slice(0, MOST_FINDINGS), { what: `${more} more members are wrong` }];
}

/** Whether a finding is about words that only the report shows. */
export function isAboutWording({ what }: Finding): boolean {
  return WORDING.test(what);
}

function differences(stated: unknown, expected: unknown, path: readonly PropertyKey[]): Finding[] {
  if (isObject(stated) && isObject(expected) && Array.isArray(stated) === Array.isArray(expected)) {
    const keys = new Set([...Object.keys(stated), ...Object.keys(expected)]);
    return [...keys].flatMap((key) => {
      const step = Array.isArray(stated) ? Number(key) : key;
      return differences(stated[key], expected[key], [...path, step]);
    });
  }
  if (stated === expected) return [];
  return [{ what: memberName(path), expected: shown(stated), actual: shown(expected) }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function shown(value: unknown): string | undefined {
  const text = JSON.stringify(value);
  return text === undefined || text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}
