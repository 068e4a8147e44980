/** JSON has no NaN and no infinities, but a diverged run has. */
const NOT_FINITE: ReadonlyMap<unknown, number> = new Map(
  [NaN, Infinity, -Infinity].map((value) => [String(value), value]),
);

/** JSON in which the numbers that JSON has not are strings: "NaN", "Infinity", "-Infinity". */
export function resultJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, member) => typeof member === "number" && !Number.isFinite(member) ? String(member) : member,
  );
}

/** A result parsed from what `resultJson()` made. No member of a result has such a text itself. */
export function restoreResult<Result>(result: Result): Result {
  return restore(result) as Result;
}

function restore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restore);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, restore(member)]));
  }
  return NOT_FINITE.get(value) ?? value;
}
