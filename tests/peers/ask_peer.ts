import { assert } from "@std/assert";
import { fileURLToPath } from "node:url";
import type { OpenedOnDataset } from "../../src/experiment/open_experiment.ts";
import { planOneRun, trainOneRun } from "../../src/sweep/train_one_run.ts";

/** What stands between fields. */
const SEPARATORS: Readonly<Record<string, string>> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  bar: "|",
  space: " ",
};

/** How the table is read, and what its columns are used as; no values. */
function tableOf({ experiment, dataset: { facts, sources } }: OpenedOnDataset) {
  const { path, testPath, separator = "comma", header, target } = experiment.dataset;
  const names = facts.columns.map(({ name }) => name);
  return {
    paths: [path, ...testPath === undefined ? [] : [testPath]],
    separator: SEPARATORS[separator],
    header,
    missing: ["", ...facts.missingWords.map(({ name }) => name)],
    target: names.indexOf(target),
    columns: sources.map(({ name, kind }) => ({ index: names.indexOf(name), kind })),
  };
}

/**
 * What scripts of this folder are given: the table, and the rows that runs were trained and scored on.
 * The first lines of sklearn_peer.py describe it.
 */
export async function peerRequest(opened: OpenedOnDataset): Promise<Record<string, unknown>> {
  const { experiment, dataset } = opened;
  const splits = await Promise.all(experiment.seeds.map(async (seed) => {
    const { task, ...run } = await planOneRun(opened, { seed });
    const { data } = await trainOneRun({ ...run, task: { ...task, stopAt: 1 } });
    const { train, validation, test } = data().rows;
    return { seed, train: [...train], validation: [...validation], test: [...test] };
  }));
  return { task: dataset.task, ...tableOf(opened), splits };
}

/** What a script of this folder answers; it takes one core, and leaves no files in the source tree. */
export async function askPeer<Answer>(
  script: string,
  request: unknown,
  python: string,
): Promise<Answer> {
  const peer = new Deno.Command(python, {
    args: [fileURLToPath(new URL(script, import.meta.url))],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
    env: { PYTHONDONTWRITEBYTECODE: "1", OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  }).spawn();
  const writer = peer.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(request)));
  await writer.close();
  const { success, stdout } = await peer.output();
  assert(success, `${script} ended with an error`);
  return JSON.parse(new TextDecoder().decode(stdout));
}
