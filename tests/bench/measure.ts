/** One figure of the benchmark. */
export interface Measurement {
  /** What was measured, in a few words. */
  readonly name: string;
  /** NaN where it could not be measured; the note says why. */
  readonly value: number;
  readonly unit: string;
  /** What it should reach, if anything. */
  readonly target?: { readonly kind: "at least" | "at most"; readonly value: number };
  /** What it was compared with, or what it is made of. */
  readonly note?: string;
}

/**
 * The best time of each function in milliseconds, all measured in turns.
 *
 * Turns make ratios comparable on a machine that others use too: what slows one down slows all of
 * them. The best is what the code can do; anything above it is the machine's.
 */
export function bestTimes<Name extends string>(
  functions: Readonly<Record<Name, () => void>>,
  rounds: number,
): Record<Name, number> {
  const names = Object.keys(functions) as Name[];
  const best = Object.fromEntries(names.map((name) => [name, Infinity])) as Record<Name, number>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const started = performance.now();
      functions[name]();
      best[name] = Math.min(best[name], performance.now() - started);
    }
  }
  return best;
}

export function isReached({ value, target }: Measurement): boolean {
  if (!target) return true;
  return target.kind === "at least" ? value >= target.value : value <= target.value;
}

/** A table for the terminal: figures right-aligned, targets beside them. */
export function formatTable(measurements: readonly Measurement[]): string {
  const rows = measurements.map((measurement) => {
    const { name, value, unit, target, note } = measurement;
    const sign = target?.kind === "at least" ? "≥" : "≤";
    const goal = target ? `${sign} ${target.value}${isReached(measurement) ? "" : "  MISSED"}` : "";
    return [name, formatFigure(value), unit, goal, note ?? ""];
  });
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map(([name, value, unit, goal, note]) =>
    [
      name.padEnd(widths[0]),
      value.padStart(widths[1]),
      unit.padEnd(widths[2]),
      goal.padEnd(widths[3]),
      note,
    ].join("  ").trimEnd()
  ).join("\n");
}

/** Three significant digits, as plain numbers. */
function formatFigure(value: number): string {
  if (Number.isNaN(value)) return "not measured";
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
