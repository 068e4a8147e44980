import type { Inspection } from "../dataset/inspect_table.ts";
import { quoted } from "../dataset/quote.ts";
import type { ColumnFacts } from "../dataset/table_facts.ts";
import { countOf, formatCount } from "../format_number.ts";
import { joinLines } from "../one_line.ts";
import { formatProblems } from "../user_error.ts";
import { describeReading } from "../wording/describe_reading.ts";
import {
  describeCounts,
  describeLookAlikes,
  describeWarning,
  plain,
} from "../wording/describe_table.ts";
import { documentText } from "./json/document_text.ts";
import { problemMembers } from "./json/problem_members.ts";
import { wrap } from "./wrap.ts";

const WIDTH = 80;
const LONGEST_NAME = 20;
/** Rows of the tables of columns and of classes. */
const MOST_COLUMNS = 100;
const MOST_CLASSES = 20;

/** What a table is, for a terminal of 80 columns. */
export function inspectionText(file: string, inspection: Inspection): string {
  const { rows, columns, reading, problems } = inspection;
  const size = `${countOf(rows, "row")}, ${countOf(columns.length, "column")}`;
  const lines = [
    `${file}: ${size}`,
    ...wrap(describeReading(reading), WIDTH),
    "",
    ...columnLines(columns),
    ...targetLines(inspection),
    ...noteLines(inspection),
  ];
  const refused = ["", "A sweep would refuse it:", formatProblems(problems)];
  return [joinLines(lines), ...problems.length > 0 ? refused : []].join("\n");
}

function columnLines(columns: readonly ColumnFacts[]): string[] {
  const shownColumns = columns.slice(0, MOST_COLUMNS);
  const cells = [
    ["column", "type", "missing", "distinct", "use", "values"],
    ...shownColumns.map((column) => [
      cut(plain(column.name), LONGEST_NAME),
      column.type,
      formatCount(column.missing),
      `${formatCount(column.distinct)}${column.hasMoreValues ? "+" : ""}`,
      column.use,
      valuesText(column),
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...cells.map((row) => row[at].length)));
  const more = columns.length - shownColumns.length;
  return [
    ...cells.map((row) => {
      const aligned = row.slice(0, 5).map((cell, at) => {
        return at === 2 || at === 3 ? cell.padStart(widths[at]) : cell.padEnd(widths[at]);
      });
      return cut([...aligned, row[5]].join("  ").trimEnd(), WIDTH);
    }),
    ...more > 0 ? [`and ${countOf(more, "more column")}; --json has them all`] : [],
  ];
}

/** Why a column is dropped, or what is in it. */
function valuesText({ use, why, categories, minimum, maximum, type }: ColumnFacts): string {
  if (use === "drop" && why !== undefined) return why;
  if (categories) return describeCounts(categories);
  const isNumber = minimum !== undefined && maximum !== undefined && type !== "text";
  return isNumber ? `${short(minimum)} to ${short(maximum)}` : why ?? "";
}

function targetLines({ columns, task, classes, rows }: Inspection): string[] {
  const target = columns.find(({ use }) => use === "target");
  if (!target) return ["", "No target is named: --target NAME shows what it would be"];
  const name = plain(target.name);
  if (task === "regression") return ["", `target ${name}: quantities, for a regression`];
  if (classes.length === 0) return [];
  const listed = classes.slice(0, MOST_CLASSES);
  const width = Math.max(...listed.map(({ name }) => Math.min(plain(name).length, LONGEST_NAME)));
  const more = classes.length - listed.length;
  return [
    "",
    `target ${name}: ${countOf(classes.length, "class", "classes")}`,
    ...listed.map(({ name, rows: count }) => {
      const share = `${(100 * count / rows).toFixed(1)}%`;
      const number = formatCount(count).padStart(formatCount(rows).length);
      return `  ${cut(plain(name), LONGEST_NAME).padEnd(width)}  ${number}  ${share.padStart(6)}`;
    }),
    ...more > 0 ? [`  and ${formatCount(more)} more`] : [],
  ];
}

/** What to look at, each wrapped. */
function noteLines({ columns, lookAlikes, missingWords, pictureSide }: Inspection): string[] {
  const words = missingWords.filter(({ name }) => name !== "");
  const notes = [
    ...pictureSide === undefined
      ? []
      : [`Rows look like pictures of ${pictureSide} × ${pictureSide} pixels: no column is dropped`],
    ...words.length === 0
      ? []
      : [`Read as missing: ${
        words.map(({ name, rows }) => `${quoted(name)} in ${countOf(rows, "cell")}`).join(", ")
      }; missing: [] makes them values`],
    ...lookAlikes.map(describeLookAlikes),
    ...columns.filter(({ warning, use }) => warning !== undefined && use === "feature")
      .map(describeWarning),
  ];
  return notes.length === 0 ? [] : ["", ...notes.flatMap((note) => wrap(note, WIDTH))];
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** A number in few characters; integers exactly. */
function short(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  return String(Number(value.toPrecision(6)));
}

/** What `--json` prints. */
export function inspectionJson(file: string, inspection: Inspection): string {
  const { rows, reading, columns, task, classes, lookAlikes, missingWords, problems } = inspection;
  return documentText("inspect", {
    file,
    rows,
    reading: {
      format: reading.format,
      encoding: reading.encoding,
      separator: reading.separator,
      header: reading.header,
      decimal: reading.decimal,
      thousands: reading.thousands,
      comment: reading.comment,
      skipRows: reading.skipRows,
    },
    columns: columns.map(({ hasMoreValues, ...column }) => {
      return { ...column, distinctIsExact: !hasMoreValues };
    }),
    task: task ?? null,
    classes,
    missingWords,
    lookAlikes,
    pictureSide: inspection.pictureSide ?? null,
    problems: problems.map(problemMembers),
  });
}
