import { nearest } from "../nearest.ts";
import type { DefinitionProblem } from "./definition_error.ts";

/** What defines an own trainer, or a part of it, before it is checked. */
export type Members = Readonly<Record<string, unknown>>;

/** Where a member is and what is wrong with it, with a hint if there is one. */
export type Report = (path: DefinitionProblem["path"], message: string, hint?: string) => void;

const NAME = /^[a-z][\w-]*$/i;
const LONGEST_NAME = 60;
/** How names of trainers look, in words. */
export const NAME_RULE =
  "a name begins with a letter and goes on with letters, digits, underscores and hyphens";
/** A longer list of a few words has some of them several times. */
const LONGEST_LIST = 10;
/** What is no member of a trainer, since something else has it. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["metric", "the experiment names the metric: metric: { key, better }"],
]);
/** Characters of a wrong value that a message shows. */
const SHOWN = 60;

export function isMapping(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as a message shows it. */
export function shownValue(value: unknown): string {
  const text = typeof value === "number" ? String(value) : JSON.stringify(value) ?? String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/**
 * The members that are not among those that are known.
 *
 * @param of What they would be members of: `a program`.
 */
export function unknownMembers(
  members: Members,
  known: readonly string[],
  of: string,
): DefinitionProblem[] {
  return Object.keys(members).filter((member) => !known.includes(member)).map((member) => {
    const near = nearest(member, known);
    return {
      path: [member],
      isAboutKey: true,
      message: `Unknown member "${member}" of ${of}`,
      hint: ELSEWHERE.get(member) ??
        (near ? `did you mean "${near}"?` : `there are ${known.join(", ")}`),
    };
  });
}

/** Whether a trainer can be called so. */
export function isName(name: unknown): name is string {
  return typeof name === "string" && NAME.test(name) && name.length <= LONGEST_NAME;
}

/** Says why a trainer cannot be called so. */
export function nameProblem(name: unknown): string {
  return typeof name === "string" && NAME.test(name)
    ? `name must not be longer than ${LONGEST_NAME} characters`
    : `Cannot use name ${shownValue(name)}: ${NAME_RULE}`;
}

/** A member that is a list of some words, in their order; empty if it is absent. */
export function readWords<T extends string>(
  members: Members,
  key: string,
  { words, report }: { readonly words: readonly T[]; readonly report: Report },
): readonly T[] {
  const list = members[key];
  if (list === undefined) return [];
  const rule = words.length === 1
    ? `${key} must be ["${words[0]}"]`
    : `${key} must be a list of ${words.join(" and ")}`;
  if (!Array.isArray(list)) {
    report([key], rule);
    return [];
  }
  if (list.length === 0) report([key], `${rule}; leave it out if there is none`);
  if (list.length > LONGEST_LIST) {
    report([key], words.length === 1 ? rule : `${rule}, each once`);
    return [];
  }
  for (const [index, word] of list.entries()) {
    if (!words.includes(word)) {
      const near = typeof word === "string" ? nearest(word, words) : undefined;
      const hint = near && `did you mean "${near}"?`;
      report([key, index], `Cannot use ${shownValue(word)}: ${rule}`, hint);
    } else if (list.indexOf(word) < index) {
      report([key, index], `${key} has ${shownValue(word)} twice`);
    }
  }
  return words.filter((word) => list.includes(word));
}
