import type { Experiment } from "../experiment/experiment.ts";
import type { Manifest } from "../results/manifest.ts";
import { describeOwnCode } from "../results/own_description.ts";

/** What a manifest says of the trainers that an experiment's cells name. */
export function manifestTrainers(
  experiment: Pick<Experiment, "cells" | "outline" | "trainers">,
): Pick<Manifest, "trainers" | "own"> {
  return { trainers: experiment.trainers.versionsOf(experiment.cells), ...ownTrainers(experiment) };
}

/** Those of them that are the user's own; without looking at each cell. */
export function ownTrainers(
  { outline, trainers }: Pick<Experiment, "outline" | "trainers">,
): Pick<Manifest, "own"> {
  const own = trainers.select(outline.trainers).flatMap(({ own }) => own ?? []);
  return own.length > 0 ? { own: own.map(describeOwnCode) } : {};
}
