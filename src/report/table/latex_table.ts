import { type TableView, textAt, type TextColumn, textColumns } from "./text_columns.ts";

/**
 * A table in LaTeX with the rules of booktabs: numbers are aligned at the point.
 *
 * @param comments Lines before it that LaTeX leaves out.
 */
export function latexTable(view: TableView, comments: readonly string[] = []): string {
  const columns = textColumns(view);
  const fields = columns.map(fieldsOf);
  const line = (texts: readonly string[]) => `${texts.join(" & ")} \\\\`;
  return [
    ...["Needs \\usepackage{booktabs}", ...comments].map(comment),
    `\\begin{tabular}{${columns.map(({ isText }) => isText ? "l" : "r").join("")}}`,
    "\\toprule",
    line(columns.map(headingOf)),
    "\\midrule",
    ...view.rows.map((_, row) => line(fields.map((texts) => texts[row]))),
    "\\bottomrule",
    "\\end{tabular}",
  ].join("\n") + "\n";
}

/** Of numbers, centred above them. */
function headingOf({ heading, isText }: TextColumn): string {
  return isText ? escaped(heading) : `\\multicolumn{1}{c}{${escaped(heading)}}`;
}

/**
 * A column's fields. Of a hyperparameter, a number with fewer decimals than others leaves room for
 * those that it lacks, and `1e-5` is a power of ten.
 */
function fieldsOf(column: TextColumn): string[] {
  const { texts, isRagged } = column;
  if (!isRagged) return texts.map((_, row) => escaped(textAt(column, row)));
  const tails = texts.map((text) => text.match(/^[^e.]*(\.\d+)?$/)?.[1] ?? "");
  const longest = tails.reduce((most, tail) => tail.length > most.length ? tail : most, "");
  return texts.map((text, row) => {
    const [, digits, exponent] = text.match(/^(.+)e([+-]\d+)$/) ?? [];
    if (exponent !== undefined) {
      return `$${digits === "1" ? "" : `${digits} \\times `}10^{${Number(exponent)}}$`;
    }
    const room = text === "" ? "" : longest.slice(tails[row].length);
    return escaped(textAt(column, row)) + (room && `\\phantom{${room}}`);
  });
}

function comment(text: string): string {
  return `% ${text.replace(/[\r\n\u2028\u2029]+/g, " ")}`;
}

const COMMANDS: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
  "−": "$-$",
  "×": "$\\times$",
  "–": "--",
  "\u00a0": "~",
};
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Text that LaTeX sets as it is, in one line. */
function escaped(text: string): string {
  return text
    .replace(/[\\^~<>|"−×–\u00a0]|[&%$#_{}]|⁻?[⁰¹²³⁴-⁹]+|[\r\n\u2028\u2029]+/g, (found) => {
      if (found in COMMANDS) return COMMANDS[found];
      if (/^[&%$#_{}]$/.test(found)) return `\\${found}`;
      if (/^\s/.test(found)) return " ";
      const digits = [...found].map((sign) => sign === "⁻" ? "-" : SUPERSCRIPTS.indexOf(sign));
      return `$^{${digits.join("")}}$`;
    })
    .trim();
}
