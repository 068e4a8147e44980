import { join } from "node:path";
import { openExperiment } from "../../src/experiment/open_experiment.ts";
import { sha256 } from "../../src/sha256.ts";
import type { LaunchedRun } from "../../src/sweep/launcher.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import { sweepExperiment } from "../../src/sweep/sweep_experiment.ts";
import type { Dice } from "../_dice.ts";
import { FakeLauncher } from "../sweep/_fake_launcher.ts";
import { runResult } from "../sweep/_run_result.ts";

const PIXELS = 16;
const PICTURES = "dataset: { path: p.csv, target: y }\n";
const EXPERIMENTS: Readonly<Record<string, string>> = {
  pictures: PICTURES +
    "grid: [{ l2_penalty: [0, 0.1] }, { dropout: [0.5] }, { learning_rate: [1.0e+30] }]\n",
  halving: PICTURES +
    "grid: { l2_penalty: [0, 0.1, 1] }\nsuccessive_halving: { min_steps: 2, eta: 2 }\n",
  quantities: "dataset: { path: q.csv, target: y, split: { folds: 2, test: 0.2 } }\n" +
    "grid: [{ l2_penalty: [0, 0.1] }, { standardize: [none], impute: [mean] }]\n" +
    "measures: [r2]\n",
  // Rows of a mixed table in whole groups, and test rows of their own.
  groups: "dataset: { path: q.csv, target: c, test: t.csv, drop: [id], split: { group: g } }\n" +
    "grid: { class_weight: [none, { a: 2 }] }\n",
};

/** A result that shows in every file, the same for the same run; some diverge, and one fails. */
export function endRun(run: PlannedRun): LaunchedRun {
  const { seed, config, scoresTest } = run.task;
  if (config.dropout === 0.5 && seed === 2) return { run, failure: "It took too long" };
  const isDiverged = config.learning_rate === 1e30;
  const accuracy = Number(config.l2_penalty) > 0 ? 0.75 : 0.5 + seed / 100;
  if (run.task.fold !== undefined) return endOfQuantities(run, accuracy);
  const result = runResult(seed, accuracy);
  const [last] = result.evaluations;
  const start = { ...last.measures, "validation_accuracy": 0.1, "train_loss": 2.3 };
  const end = isDiverged ? { ...last.measures, "train_loss": NaN } : last.measures;
  const weights = Array.from({ length: PIXELS }, (_, pixel) => pixel - 7.5);
  return {
    run,
    result: {
      ...result,
      status: isDiverged ? "diverged" : "completed",
      evaluations: [{ step: 0, measures: start }, { step: 1, measures: end }],
      histograms: [{ minimum: -1, maximum: 1, counts: new Array(16).fill(4) }],
      digest: run.key,
    },
    test: scoresTest
      ? {
        measures: { loss: 1, accuracy },
        confusion: [3, 1, 0, 4],
        units: [{ unit: 0, weights }, { unit: 3, weights }],
      }
      : undefined,
  };
}

/** The same of a run whose target is a quantity. */
function endOfQuantities(run: PlannedRun, fit: number): LaunchedRun {
  const { seed, fold = 0, scoresTest } = run.task;
  const measures = {
    ...{ "train_loss": 1, "validation_loss": 1, "train_rmse": 2, "validation_rmse": 2 - fit },
    ...{ "train_r2": 0.5, "validation_r2": fit, penalty: 0, sparsity: 0 },
  };
  const { best: _, ...result } = runResult(seed);
  return {
    run,
    result: {
      ...result,
      evaluations: [{ step: 1, measures }],
      best: { "best_validation_rmse": 2 - fit, "best_validation_r2": fit },
      digest: run.key,
    },
    test: scoresTest
      ? {
        measures: { loss: 1, rmse: 2, r2: fit },
        predictions: Array.from({ length: 8 }, (_, row) => row * fit + fold),
        units: [],
      }
      : undefined,
  };
}

/** The folder of a sweep, and its files as they were written. */
export interface FuzzFolder {
  readonly folder: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** Sweeps experiments that write every file between them, into a folder. */
export async function sweepFuzzFolders(root: string): Promise<FuzzFolder[]> {
  const columns = Array.from({ length: PIXELS }, (_, pixel) => `p${pixel}`);
  const rows = Array.from({ length: 40 }, (_, row) => {
    return [...columns.map((_, pixel) => (row * 7 + pixel * 3) % 11), row % 2].join();
  });
  await Deno.writeTextFile(join(root, "p.csv"), [[...columns, "y"].join(), ...rows, ""].join("\n"));
  const mixed = (rows: number, groups: string) =>
    ["id,x,word,g,y,c"].concat(Array.from({ length: rows }, (_, row) => {
      const word = row % 7 === 3 ? "" : ["=1+1", "</script><b id=forged>", "b"][row % 3];
      const [group, quantity] = [`${groups}${row % 8}`, (row * 13) % 29 + 0.5];
      return [`id${row}`, (row * 5) % 17, word, group, quantity, "ab"[row % 2]].join();
    })).join("\n") + "\n";
  await Deno.writeTextFile(join(root, "q.csv"), mixed(40, "g"));
  await Deno.writeTextFile(join(root, "t.csv"), mixed(8, "h"));
  return await Promise.all(
    Object.entries(EXPERIMENTS).map(async ([name, text]) => {
      const file = join(root, `${name}.yaml`);
      const head = `name: ${name}\nfixed: { steps: 8, evaluate_every: 2 }\n`;
      await Deno.writeTextFile(file, `${head}${text}seeds: 3\n`);
      const reports = join(root, "reports");
      await sweepExperiment(await openExperiment(file), {
        ...{ reports, workers: 1, signal: new AbortController().signal, onEvent: () => {} },
        launcher: new FakeLauncher(endRun),
      });
      const folder = join(reports, name);
      const texts = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort()
        .map(async (name) => [name, await Deno.readTextFile(join(folder, name))] as const);
      return { folder, texts: Object.fromEntries(await Promise.all(texts)) };
    }),
  );
}

const STRINGS = [
  ...["", "x", "all", "mlp", "NaN", "1", "2026-01-01T00:00:00Z", "0".repeat(64), "l2_penalty"],
  ...["../../p.csv", "/dev/zero", "runs.csv", "manifest.json", "__proto__", "constructor"],
  ...["</script><b id=forged>", "datum['x']", "a[0].b", "a\\.b", "{{x}}", "%s", "=HYPERLINK(1)"],
  ...["\0", "\ufeff", "\ud800", "\u2028", "\x1b[31m", "\u{1f995}", "a".repeat(10_000), "a\nb"],
];
const NUMBERS = [0, -0, 1, -1, 0.5, 3, 17, 2 ** 31, 2 ** 53, 1e21, 1e308, 5e-324, -1e300];
const deep = (depth: number): unknown => depth === 0 ? 0 : { a: [deep(depth - 1)] };
const JSON_VALUES: readonly unknown[] = [
  ...[...STRINGS, ...NUMBERS, null, true, false, [], {}, [null], [[]], [0, "a"], { a: 1 }],
  ...[deep(10), deep(50), new Array(1000).fill(0)],
];

type Container = Record<string, unknown>;

/** Changes a manifest at some places: values, keys, and what is where; it stays JSON. */
export function reshapeJson(text: string, dice: Dice): string {
  const root: Container = { root: JSON.parse(text) };
  for (let change = 1 + dice.below(3); change > 0; change--) {
    const places = placesIn(root).filter(([container]) => container !== root || dice.happens(0.1));
    const [container, key] = dice.one(places);
    const [other, otherKey] = dice.one(places);
    const kind = dice.below(8);
    // The values are not changed where they come from.
    if (kind <= 2) container[key] = structuredClone(dice.one(JSON_VALUES));
    else if (kind === 3) delete container[key];
    else if (kind === 4) container[key] = structuredClone(other[otherKey]);
    else if (kind === 5) container[dice.one(STRINGS)] = container[key];
    else if (kind === 6 && Array.isArray(container)) {
      container.splice(Number(key), dice.below(3), ...dice.happens(0.5) ? [container[key]] : []);
    } else if (typeof container[key] === "number") {
      container[key] = dice.one([...NUMBERS, Number(container[key]) + 1]);
    } else container[key] = String(container[key]);
  }
  return JSON.stringify(root.root, null, 2) ?? "";
}

function placesIn(value: unknown): [Container, string][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key): [Container, string][] => [
    [value as Container, key],
    ...placesIn((value as Container)[key]),
  ]);
}

const FIELDS = [
  ...[...STRINGS, ...NUMBERS.map(String), "-Infinity", "[1, 2]", "[]", "[", '"', '""', "completed"],
  ...["diverged", "failed", "kept", "best", "best best", "better", "0x10", " 1", "1e400", "1,2"],
];

/** Changes a CSV file at some places: fields, lines, columns and bytes. */
export function reshapeCsv(text: string, dice: Dice): string {
  let result = text;
  for (let change = 1 + dice.below(3); change > 0; change--) {
    const lines = result.split("\n");
    const line = dice.below(lines.length);
    const other = dice.below(lines.length);
    const fields = lines[line].split(",");
    const field = dice.below(fields.length);
    const kind = dice.below(9);
    if (kind <= 2) lines[line] = fields.with(field, dice.one(FIELDS)).join();
    else if (kind === 3) lines.splice(line, 1 + dice.below(3));
    else if (kind === 4) lines.splice(line, 0, lines[other]);
    else if (kind === 5) lines[line] = lines[other];
    else if (kind === 6) {
      const column = dice.below(lines[0].split(",").length);
      const value = dice.one(FIELDS);
      for (const [index, line] of lines.entries()) {
        const fields = line.split(",");
        if (column < fields.length) lines[index] = fields.with(column, value).join();
      }
    } else if (kind === 7) lines[line] = fields.toSpliced(field, dice.below(2), "x").join();
    result = kind === 8 ? reshapeBytes(result, dice) : lines.join("\n");
  }
  return result;
}

const TOKENS = [...'{}[],:"\n0'.split(""), "[".repeat(100_000), '{"a":'.repeat(10_000)];

/** Changes a text of any kind at a place, or cuts it off there. */
export function reshapeBytes(text: string, dice: Dice): string {
  const start = dice.below(text.length + 1);
  const end = Math.min(text.length, start + dice.one([0, 1, 1, 3, 50]));
  if (dice.happens(0.2)) return text.slice(0, start);
  return text.slice(0, start) + dice.one([...STRINGS, ...TOKENS]) + text.slice(end);
}

/** Writes the checksums of these texts into a manifest, as far as it is one. */
export async function withChecksums(
  manifest: string,
  texts: Readonly<Record<string, string>>,
): Promise<string> {
  try {
    const json = JSON.parse(manifest);
    for (const [name, text] of Object.entries(texts)) json.files[name] = await sha256(text);
    return JSON.stringify(json, null, 2);
  } catch {
    return manifest;
  }
}
