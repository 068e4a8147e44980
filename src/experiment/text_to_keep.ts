import { isAbsolute, join } from "node:path";
import type { Document, YAMLMap } from "yaml";
import type { WrittenSplit } from "../dataset/split_options.ts";
import type { OwnCode } from "../trainers/own_code.ts";
import type { Trainer, TrainerName } from "../trainers/trainer.ts";
import { isScalar, isSeq } from "../yaml.ts";
import type { WrittenExperiment, WrittenTrainer } from "./experiment.ts";
import { trainerNodes } from "./source/trainer_nodes.ts";
import { relativePath } from "../relative_path.ts";

/**
 * The text of an experiment as it was read and overridden, comments kept, with everything that its
 * dataset decided: sweeping it from a folder gives the same runs, also with a later version, which might
 * decide otherwise.
 *
 * It extends nothing and has no budget. The dataset's path is relative to the folder, unless it was
 * written as absolute; so are the paths of the experiment's own trainers. An experiment that is read as
 * the first version read it is left as it is.
 *
 * @param copiesOf The folder with a copy of the files of an own trainer, relative to `folder`; where the
 * files are now if not given.
 */
export function textToKeep(
  experiment: Pick<
    WrittenExperiment,
    | "document"
    | "dataset"
    | "metric"
    | "equivalence"
    | "halving"
    | "outline"
    | "trainers"
    | "ownTrainers"
  >,
  folder: string,
  copiesOf?: (trainer: TrainerName) => string,
): string {
  const { document, dataset } = experiment;
  const kept = document.clone();
  if (dataset) keepPath(kept, ["dataset", "path"], dataset.path, folder);
  if (dataset?.testPath !== undefined) {
    keepPath(kept, ["dataset", "test"], dataset.testPath, folder);
  }
  keepTrainers(kept, experiment.ownTrainers ?? [], ({ name, own }) => {
    if (!copiesOf) return relativePath(folder, own?.folder ?? "");
    // There is no folder for copies of nothing.
    return own?.files.length === 0 ? "" : copiesOf(name);
  });
  if (!dataset?.asFirstVersion) {
    for (const [path, value] of statementsOf(experiment)) state(kept, path, value);
  }
  stateSplit(kept, dataset?.split);
  // It changes no result, and the manifest says it where it matters.
  kept.delete("budget");
  return kept.toString({ lineWidth: 0 });
}

function keepPath(kept: Document, key: readonly string[], path: string, folder: string): void {
  const isElsewhere = isAbsolute(String(kept.getIn(key)));
  kept.setIn(key, isElsewhere ? path : relativePath(folder, path));
}

/**
 * Writes an experiment's own trainers as paths and mappings where it names them, except in patterns and
 * in the baseline.
 *
 * @param folderOf The folder of a trainer's files.
 */
function keepTrainers(
  kept: Document,
  own: readonly WrittenTrainer[],
  folderOf: (trainer: Trainer) => string,
): void {
  const written = new Map(own.map((written) => [written.trainer.name, written]));
  for (const { node, replace } of trainerNodes(kept)) {
    if (!isScalar(node)) continue;
    const { trainer, mapping } = written.get(String(node.value)) ?? {};
    if (!trainer?.own) continue;
    const folder = folderOf(trainer);
    const files = trainer.own.files.map(({ path }) => path);
    if (mapping) replace(keptMapping(mapping, { folder: folder || ".", files }, kept));
    else node.value = join(folder, files[0]);
  }
}

/** A copy of a program's mapping with other paths; comments stay where they are. */
function keptMapping(
  mapping: YAMLMap,
  { folder, files }: { readonly folder: string; readonly files: readonly string[] },
  kept: Document,
): YAMLMap {
  const copy = mapping.clone() as YAMLMap;
  copy.set("folder", folder);
  const written = copy.get("files");
  // The program's files are in the order of the list, if there is one.
  if (isSeq(written)) { for (const [index, path] of files.entries()) written.set(index, path); }
  else copy.set("files", kept.createNode(files, { flow: true }));
  return copy;
}

/** The code of the own trainers that the kept text names. */
export function keptCode(
  { document, ownTrainers = [] }: Pick<WrittenExperiment, "document" | "ownTrainers">,
): OwnCode[] {
  const values = Array.from(trainerNodes(document), ({ node }) => isScalar(node) && node.value);
  return ownTrainers.flatMap(({ trainer: { name, own } }) =>
    own && values.includes(name) ? [own] : []
  );
}

/** The first version did not stratify, and stated nothing of it. */
function stateSplit(kept: Document, { stratify }: WrittenSplit = {}): void {
  const path = ["dataset", "split", "stratify"];
  if (stratify && !kept.hasIn(path)) kept.setIn(path, true);
}

/** Everything that an experiment can leave open, as it was decided; undefined if it stays open. */
function statementsOf(
  { dataset, metric, equivalence, halving, outline, trainers }: Parameters<typeof textToKeep>[0],
): [path: readonly string[], value: unknown][] {
  const { separator, header, decimal, encoding, comment, skipRows } = dataset ?? {};
  const { target, task, columns, missing, standardize, impute } = dataset ?? {};
  // Trainers that prepare rows themselves refuse to be told how.
  const isPrepared = trainers.select(outline.trainers).some(({ ownSplit }) => !ownSplit);
  const ofDataset = {
    ...{ target, separator, header, decimal, encoding, comment, "skip_rows": skipRows },
    ...{ task, columns, missing },
    ...isPrepared && { standardize, impute },
  };
  return [
    ...Object.entries(ofDataset).map(([key, value]): [string[], unknown] => {
      return [["dataset", key], value];
    }),
    // No dataset decides a metric of one's own.
    [["metric"], typeof metric === "string" ? metric : undefined],
    [["equivalence"], equivalence],
    [
      ["successive_halving", "metric"],
      typeof halving?.metric === "string" ? halving.metric : undefined,
    ],
  ];
}

/** Writes a value where the experiment does not have it already, so that its comments stay. */
function state(kept: Document, path: readonly string[], value: unknown): void {
  if (value === undefined) return;
  const written = kept.getIn(path);
  const plain = written !== null && typeof written === "object" && "toJSON" in written
    ? (written as { toJSON(): unknown }).toJSON()
    : written;
  if (JSON.stringify(plain) === JSON.stringify(value)) return;
  kept.setIn(path, kept.createNode(value, { flow: true }));
}
