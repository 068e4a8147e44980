import { countOf, formatCount } from "../format_number.ts";
import { listSome, listWords } from "../list_words.ts";
import { SIGNIFICANCE } from "../results/comparison.ts";
import type { SharedSetting, SharedSettings } from "../statistics/shared_settings.ts";
import { pText } from "./answer_over_datasets.ts";
import { uncapitalized } from "./capitalized.ts";

/** A setting with what it is called: `Dropout`, and how cells have it: `on` or `above 0.3`. */
export interface NamedSetting extends SharedSetting {
  readonly label: string;
  readonly how: string;
}

/** Settings that are listed in a sentence; the table has all. */
const MOST_LISTED = 4;

/** Whether a setting has to do with being good, more than chance explains. */
export function isShown({ test }: SharedSetting): boolean {
  return test !== undefined && test.pHolm < SIGNIFICANCE;
}

/**
 * What the best cells have in common, and how sure that is.
 *
 * @param settings The surest first.
 * @param isSearched True if cells were drawn by the results of earlier ones.
 */
export function sharedSentences(
  { cells, best, settings, isSearched }: Pick<SharedSettings, "cells" | "best"> & {
    readonly settings: readonly NamedSetting[];
    readonly isSearched: boolean;
  },
): string[] {
  const others = cells - best;
  const counts = (setting: NamedSetting) => countsText(setting, { best, others });
  const shown = settings.filter(isShown);
  const tested = settings.filter(({ test }) => test);
  const chance = isSearched ? "chance, or what the search came to draw" : "chance";
  return [
    commonSentence(settings, { best, others }),
    shown.length > 0
      ? `More than chance explains, being good goes with ${
        listWords(shown.slice(0, MOST_LISTED).map(counts), "and")
      }.`
      : `This can be ${chance}: no setting is shown to go with being good${
        tested.length > 0 ? `. The clearest is ${counts(tested[0])}` : ""
      }.`,
    "A filled dot is the share of the best that have a setting, a ring that of the others" +
    (shown.length > 0 ? "; what is shown to go with being good is in colour." : "."),
    ...isSearched
      ? [
        "Only cells of the same batch are compared, since a search draws more of what did well, and " +
        "of whatever came with it.",
      ]
      : [],
    "What good cells have in common need not be what makes them good.",
  ];
}

/** What the numbers of the table of settings mean. */
export function oddsSentence(
  { settings, isSearched }: {
    readonly settings: readonly NamedSetting[];
    readonly isSearched: boolean;
  },
): string {
  const tested = settings.filter(({ test }) => test).length;
  const half = isSearched ? "the better half of a batch" : "the better half of the cells";
  const within = isSearched ? " within batches" : "";
  return `Odds are those of being in ${half} with the setting, as a multiple of those without it, with ` +
    `a 95% interval. p is from Fisher’s exact test${within}, corrected for ${
      countOf(tested, "setting")
    } (Holm).`;
}

/** What all of the best have, and what none of them has; else what sets them apart most. */
function commonSentence(
  settings: readonly NamedSetting[],
  { best, others }: { readonly best: number; readonly others: number },
): string {
  const named = (some: readonly NamedSetting[], conjunction: "and" | "or") =>
    some.length > MOST_LISTED
      ? listSome(some.map(nameInText), MOST_LISTED)
      : listWords(some.map(nameInText), conjunction);
  const all = settings.filter((setting) => setting.best === best);
  const none = settings.filter((setting) => setting.best === 0);
  const which = `Of ${formatCount(best + others)} drawn cells, `;
  if (all.length + none.length > 0) {
    return which + [
      ...all.length > 0 ? [`all of the ${best} best have ${named(all, "and")}`] : [],
      ...none.length > 0
        ? [`none of the ${best}${all.length > 0 ? "" : " best"} has ${named(none, "or")}`]
        : [],
    ].join(", and ") + ".";
  }
  const distance = (setting: NamedSetting) =>
    Math.abs(setting.best / best - setting.others / others);
  const most = settings.reduce((a, b) => distance(b) > distance(a) ? b : a);
  return `${which}the ${best} best differ most from the others in ${nameInText(most)}: ` +
    `${most.best} of ${best} have it, against ${most.others} of ${others}.`;
}

/** `Dropout`, or `Dropout above 0.3`. */
export function settingName({ label, how }: NamedSetting): string {
  return how === "on" ? label : `${label} ${how}`;
}

function nameInText(setting: NamedSetting): string {
  return uncapitalized(settingName(setting));
}

/** `dropout (23 of 24; of the others, 40 of 72; p = 0.003)`. */
function countsText(
  setting: NamedSetting,
  counts: { readonly best: number; readonly others: number },
): string {
  const { best, others, test } = setting;
  const all = `${best} of ${counts.best}; of the others, ${others} of ${counts.others}`;
  return `${nameInText(setting)} (${all}${test ? `; ${pText(test.pHolm)}` : ""})`;
}
