import { OTHER_FILES } from "../../results/result_files.ts";
import { analysisOf, withIntervals } from "../analysis_of.ts";
import { answerOf } from "../answer_of.ts";
import type { RowlessInput } from "../report_input.ts";
import { appendix } from "./_appendix.ts";
import { citationCff } from "./_citation_cff.ts";

/**
 * The files that say how to cite a sweep's results, by name; none unless its experiment asks for them
 * and all of it is there.
 *
 * They depend on the results and on the version of regsweep alone: not on the day, nor on the machine.
 */
export function citationTexts(given: RowlessInput): Readonly<Record<string, string>> {
  const input = withIntervals(given);
  const { manifest } = input;
  if (manifest.imported || manifest.unfinished || !manifest.experiment.cite) return {};
  const { citation, appendix: itsAppendix } = OTHER_FILES;
  const cited = {
    manifest,
    authors: manifest.experiment.cite.authors,
    answer: answerOf(input),
    analysis: analysisOf(input),
  };
  return { [citation.name]: citationCff(cited), [itsAppendix.name]: appendix(cited) };
}
