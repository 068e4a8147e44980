import { isAbsolute, relative } from "node:path";
import type { Document } from "yaml";
import type { WrittenSplit } from "../dataset/split_options.ts";
import type { WrittenExperiment } from "./experiment.ts";

/**
 * The text of an experiment as it was read and overridden, comments kept, with everything that its
 * dataset decided: sweeping it from a folder gives the same runs, also with a later version, which might
 * decide otherwise.
 *
 * It extends nothing. The dataset's path is relative to the folder, unless it was written as absolute. An
 * experiment that is read as the first version read it is left as it is.
 */
export function textToKeep(
  experiment: Pick<
    WrittenExperiment,
    "document" | "dataset" | "metric" | "equivalence" | "halving" | "outline" | "trainers"
  >,
  folder: string,
): string {
  const { document, dataset } = experiment;
  const kept = document.clone();
  keepPath(kept, ["dataset", "path"], dataset.path, folder);
  if (dataset.testPath !== undefined) {
    keepPath(kept, ["dataset", "test"], dataset.testPath, folder);
  }
  if (!dataset.asFirstVersion) {
    for (const [path, value] of statementsOf(experiment)) state(kept, path, value);
  }
  stateSplit(kept, dataset.split);
  return kept.toString({ lineWidth: 0 });
}

function keepPath(kept: Document, key: readonly string[], path: string, folder: string): void {
  const isElsewhere = isAbsolute(String(kept.getIn(key)));
  kept.setIn(key, isElsewhere ? path : relative(folder, path));
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
  const { separator, header, decimal, encoding, comment, skipRows } = dataset;
  const { target, task, columns, missing, standardize, impute } = dataset;
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
    [["metric"], metric],
    [["equivalence"], equivalence],
    [["successive_halving", "metric"], halving?.metric],
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
