/** A diverged run can have NaN and infinities, which JSON lacks. */
const NOT_FINITE: ReadonlyMap<unknown, number> = new Map(
  [NaN, Infinity, -Infinity].map((value) => [String(value), value]),
);

/** Members of results and evaluations that group measures; in JSON, each measure is a member. */
const GROUPS = ["measures", "best"];
/** Numbers of a result that are not measures; an evaluation has one that is none. */
const NOT_MEASURES = new Set(["steps", "bestStep", "trainSeconds"]);
const STEP = new Set(["step"]);

/**
 * JSON of a result. Numbers that JSON lacks are strings: "NaN", "Infinity", "-Infinity". Measures
 * are members in camel case, such as `trainLoss`, beside the other members of their result or
 * evaluation.
 */
export function resultJson(value: unknown): string {
  return JSON.stringify(writable(value));
}

/** Replaces what JSON lacks, many times faster than a replacer that is called for every member. */
function writable(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(writable);
  if (!isRecord(value)) return value;
  const written: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(ungrouped(value))) written[key] = writable(member);
  return written;
}

function ungrouped(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!GROUPS.some((group) => isRecord(value[group]))) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      GROUPS.includes(key) && isRecord(member)
        ? Object.entries(member).map(([column, number]) => [memberOf(column), number] as const)
        : [[key, member] as const]
    ),
  );
}

/** How deep numbers are in a result: those of a unit's weights. */
const DEPTH = 4;

/**
 * Restores a result parsed from the JSON of `resultJson()`. Of other JSON, it makes anything.
 *
 * @param hasNotFinite Whether the JSON can contain strings that stand for numbers. No member of a
 * result is such a string otherwise.
 */
export function restoreResult(result: unknown, hasNotFinite: boolean): unknown {
  const restored = hasNotFinite ? restore(result, DEPTH) : result;
  if (!isRecord(restored)) return restored;
  const { evaluations } = restored;
  const whole = Array.isArray(evaluations)
    ? { ...restored, evaluations: evaluations.map((evaluation) => grouped(evaluation, STEP)) }
    : restored;
  // A test score has no best.
  return "steps" in whole ? withBest(grouped(whole, NOT_MEASURES)) : grouped(whole, STEP);
}

/** Groups the numbers that are measures. */
function grouped(value: unknown, others: ReadonlySet<string>): Grouped {
  if (!isRecord(value)) return value as Grouped;
  const restored: Record<string, unknown> = {};
  const measures: Record<string, number> = {};
  for (const key in value) {
    const member = value[key];
    if (typeof member !== "number" || others.has(key)) restored[key] = member;
    else measures[columnOf(key)] = member;
  }
  return { ...restored, measures };
}

interface Grouped {
  readonly measures: Readonly<Record<string, number>>;
}

/** Tells a result's best values from its other measures. */
function withBest({ measures, ...result }: Grouped): unknown {
  const [best, others]: Record<string, number>[] = [{}, {}];
  for (const column in measures) {
    (column.startsWith("best_") ? best : others)[column] = measures[column];
  }
  return { ...result, measures: others, best };
}

function restore(value: unknown, depth: number): unknown {
  if (depth > 0 && Array.isArray(value)) return value.map((member) => restore(member, depth - 1));
  if (depth > 0 && isRecord(value)) {
    const restored = Object.entries(value).map((
      [key, member],
    ) => [key, restore(member, depth - 1)]);
    return Object.fromEntries(restored);
  }
  return NOT_FINITE.get(value) ?? value;
}

/** `trainLoss` for `train_loss`; columns have no capitals, so `columnOf()` can invert this. */
function memberOf(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
}

const columns = new Map<string, string>();

function columnOf(member: string): string {
  const known = columns.get(member);
  if (known !== undefined) return known;
  // Thousands of evaluations have the same few members.
  const column = member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  columns.set(member, column);
  return column;
}

/** Whether a value is an object with members, as in parsed JSON; not an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
