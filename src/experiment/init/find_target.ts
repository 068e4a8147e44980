/** Names that a column to predict often has, in lower case. */
const USUAL_NAMES = new Set(
  ["class", "target", "label", "y", "outcome", "response", "diagnosis", "species", "survived"],
);
/** A last column of more classes may be some other category. */
const MOST_CLASSES = 20;

/** What is known of a column. */
export interface Candidate {
  readonly name: string;
  /** True if it could be predicted: not if it is text, a date, an identifier or constant. */
  readonly isUsable: boolean;
}

/** A column to predict. */
export interface FoundTarget {
  readonly name: string;
  /** Why this one. */
  readonly reason: string;
}

/**
 * The column that a table was made to predict; none unless that is unmistakable.
 *
 * It is the only one that has a name such as `class`, or, if none has, the last column if it holds a
 * few classes.
 *
 * @param countClasses Tells how many classes the last column holds; 0 if it holds something else.
 */
export async function findTarget(
  columns: readonly Candidate[],
  countClasses: () => Promise<number>,
): Promise<FoundTarget | undefined> {
  const [named, ...others] = columns.filter(({ name, isUsable }) =>
    isUsable && USUAL_NAMES.has(name.trim().toLowerCase())
  );
  if (others.length > 0) return undefined;
  if (named !== undefined) {
    return { name: named.name, reason: "taken for its name; write another if that is wrong" };
  }
  const last = columns.at(-1);
  if (!last?.isUsable) return undefined;
  const classes = await countClasses();
  if (classes < 2 || classes > MOST_CLASSES) return undefined;
  const reason = `the last one, with ${classes} classes; write another if that is wrong`;
  return { name: last.name, reason };
}
