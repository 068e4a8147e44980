import { formatCount } from "../src/format_number.ts";
import type { Tallies } from "./_tally.ts";

type Row = readonly string[];

/** What tests did to regsweep, and how it took that, as tables in Markdown. */
export function tallyTables({ faults, inputs }: Required<Tallies>): string[] {
  const total = <T>(rows: readonly T[], count: (row: T) => number) =>
    formatCount(rows.reduce((sum, row) => sum + count(row), 0));
  const lines: string[] = [];
  if (faults.length > 0) {
    lines.push(...table([
      ["faults", "injected", "recovered", "runs lost", "runs computed twice", "what you see"],
      ...faults.map((row) => [
        row.kind,
        formatCount(row.injected),
        formatCount(row.recovered),
        formatCount(row.lost),
        formatCount(row.computedTwice),
        row.answer,
      ]),
      [
        "all",
        total(faults, ({ injected }) => injected),
        total(faults, ({ recovered }) => recovered),
        total(faults, ({ lost }) => lost),
        total(faults, ({ computedTwice }) => computedTwice),
        "",
      ],
    ]));
  }
  if (inputs.length > 0) {
    lines.push(...table([
      ["inputs", "fuzzed", "rejected with a message", "crashes", "slowest"],
      ...inputs.map((row) => [
        row.kind,
        formatCount(row.fuzzed),
        formatCount(row.rejected),
        formatCount(row.crashes),
        `${row.slowestSeconds.toFixed(2)} s`,
      ]),
    ]));
  }
  return lines;
}

function table(rows: readonly Row[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (cells: Row, filler = " ") =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column], filler)).join(" | ")} |`;
  const [header, ...others] = rows;
  return ["", line(header), line(header.map(() => ""), "-"), ...others.map((row) => line(row))];
}
