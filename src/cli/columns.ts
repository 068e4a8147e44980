import { wrap } from "./wrap.ts";

/** How wide texts are. */
export const WIDTH = 80;

/** Rows of two columns, the second wrapped. */
export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const margin = 2 + Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.flatMap(([left, right]) =>
    wrap(right, WIDTH - margin).map((line, index) =>
      (index === 0 ? `  ${left}` : "").padEnd(margin) + line
    )
  );
}
