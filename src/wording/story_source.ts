import type { Manifest } from "../results/manifest.ts";
import type { ClassSource } from "./commonest_class.ts";
import type { CellSource } from "./describe_cell.ts";
import type { UnfinishedSource } from "./unfinished_sentence.ts";

/** The parts of a manifest that a headline and an answer are written from. */
export interface StorySource extends CellSource, UnfinishedSource {
  readonly experiment:
    & CellSource["experiment"]
    & UnfinishedSource["experiment"]
    & Pick<Manifest["experiment"], "halving" | "search">;
  readonly dataset?: ClassSource;
}
