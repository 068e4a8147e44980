import type { OpenedExperiment } from "../experiment/open_experiment.ts";
import type { Leaders } from "../sweep/leaders.ts";
import type { SweepEvent } from "../sweep/sweep_events.ts";
import { leaderLines, leaderText, type NamedLeading } from "./leader_lines.ts";
import type { BestSoFar } from "./progress_display.ts";

/** Cells that are shown. */
const SHOWN = 3;
/** Of more cells, what is best so far is not looked for. */
const MOST_CELLS = 10_000;
/** When the best cells are looked for first, and then how often. */
const [FIRST_SECONDS, EVERY_SECONDS] = [1, 5];
/** How often a log tells of them. */
const LOG_SECONDS = 60;

/** The best cells of a sweep so far; undefined for an experiment with nothing to compare. */
export function bestSoFar(opened: OpenedExperiment): BestSoFar | undefined {
  const { cells, dataset } = opened.experiment;
  if (cells.length < 2 || cells.length > MOST_CELLS) return undefined;
  const noun = dataset?.split.folds === undefined ? "seed" : "run";
  /** Events that came before there was code to count them. */
  const early: SweepEvent[] = [];
  let leaders: Leaders | undefined;
  let isLoading = false;
  let found: NamedLeading | undefined;
  let [next, nextText] = [FIRST_SECONDS, LOG_SECONDS / 2];
  const find = (seconds: number) => {
    if (seconds < next) return found;
    next = seconds + EVERY_SECONDS;
    const leading = leaders?.best(SHOWN);
    return found = leading && { ...leading, noun };
  };
  return {
    add(event) {
      if (leaders) return leaders.add(event);
      early.push(event);
      if (isLoading || event.kind !== "stage_began") return;
      isLoading = true;
      // Not before they are needed: training starts without statistics.
      import("../sweep/leaders.ts").then(({ Leaders }) => {
        leaders = new Leaders(opened);
        for (const event of early.splice(0)) leaders.add(event);
      });
    },
    lines(seconds, width) {
      const leading = find(seconds);
      return leading ? leaderLines(leading, width) : [];
    },
    text(seconds) {
      if (seconds < nextText) return undefined;
      nextText = seconds + LOG_SECONDS;
      const leading = find(seconds);
      return leading && leaderText(leading);
    },
  };
}
