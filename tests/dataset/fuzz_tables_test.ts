import { assert, assertEquals } from "@std/assert";
import { parseDataset } from "../../src/dataset/parse_dataset.ts";
import { UserError } from "../../src/user_error.ts";
import { Dice } from "../_dice.ts";

/** Without `--all`, each cell is written into ten or more of each table's. */
const INPUTS = Deno.args.includes("--all") ? 10_000 : 2400;
const FOLDER = new URL("../../data/", import.meta.url);
/** Rows that are taken of each table, in the order of the file. */
const ROWS = 120;

/** Public tables as they are found, with their target's column and separator. */
const TABLES = [
  { file: "iris.data", header: 0, target: -1, separator: "," },
  { file: "wine.data", header: 0, target: 1, separator: "," },
  { file: "breast-cancer-wisconsin.data", header: 0, target: -1, separator: "," },
  { file: "penguins.csv", header: 1, target: 1, separator: "," },
  { file: "diabetes.tab.txt", header: 1, target: -1, separator: "\t" },
  { file: "thyroid-train.data", header: 0, target: -1, separator: " " },
] as const;

/** What people write into cells: gaps, words, numbers, dates; nothing that ends a cell. */
const CELLS = [
  ...[
    "",
    "?",
    "NA",
    "-",
    "none",
    "unknown",
    "n.a.",
    "Null",
    "x",
    "yes",
    "True",
    "1e5",
    "-3",
    "007",
  ],
  ...[
    "3.5",
    "99999999999",
    "1e999",
    "inf",
    "0x1F",
    "2024-01-31",
    "12:30",
    "50%",
    "é",
    "a".repeat(99),
  ],
];

/** The lines of a table: some of its rows, and its header. */
async function linesOf({ file, header }: typeof TABLES[number]): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(file, FOLDER));
  const lines = text.trim().split("\n").map((line) => line.trim());
  const step = Math.floor((lines.length - header) / ROWS) || 1;
  return lines.filter((_, index) => index < header || (index - header) % step === 0)
    .slice(0, ROWS + header);
}

/** A table with a few cells replaced, and rows doubled or removed. */
function mutated(
  lines: readonly string[],
  { header, separator }: typeof TABLES[number],
  dice: Dice,
): string[] {
  const mutant = [...lines];
  for (let change = dice.below(5); change > 0; change--) {
    const line = header + dice.below(mutant.length - header);
    const cells = mutant[line].split(separator);
    switch (dice.below(6)) {
      case 0:
        mutant.splice(line, 1);
        break;
      case 1:
        mutant.splice(line, 0, mutant[line]);
        break;
      case 2: {
        // A column of one value, in many rows.
        const [column, cell] = [dice.below(cells.length), dice.one(CELLS)];
        for (let at = header; at < mutant.length; at += 1 + dice.below(3)) {
          mutant[at] = mutant[at].split(separator).with(column, cell).join(separator);
        }
        break;
      }
      default:
        mutant[line] = cells.with(dice.below(cells.length), dice.one(CELLS)).join(separator);
    }
  }
  return mutant;
}

for (const table of TABLES) {
  Deno.test(`parseDataset() loses no row and no class of ${table.file}, however it is changed`, async () => {
    const lines = await linesOf(table);
    const { header, separator } = table;
    let accepted = 0;
    for (let number = 0; number < INPUTS / TABLES.length; number++) {
      const mutant = mutated(lines, table, new Dice(table.file, number));
      const bytes = new TextEncoder().encode(mutant.join("\n") + "\n");
      const target = table.target;
      const options = { target, header: header === 1 };
      const dataset = await parseDataset(bytes, "f", options).catch((error) => {
        if (!(error instanceof UserError)) throw error;
        assert(error.problems[0].place?.line, error.message);
        return undefined;
      });
      if (!dataset) continue;
      accepted++;
      const rows = mutant.slice(header).map((line) => {
        return line.split(separator === " " ? / +/ : separator).map((cell) => cell.trim());
      });
      // Only rows of nothing are no rows.
      const records = rows.filter((cells) => cells.some((cell) => cell !== ""));
      assertEquals(dataset.rows, records.length, `${table.file} ${number}`);
      const labels = new Set(
        records.map((cells) => cells.at(target < 0 ? target : target - 1) ?? ""),
      );
      if (dataset.task === "regression") {
        assert([...labels].every((label) => Number.isFinite(parseFloat(label))));
        continue;
      }
      const numbers = [...labels].map((label) => /^0x/.test(label) ? NaN : Number(label));
      const names = numbers.every(Number.isFinite) ? new Set(numbers.map(String)) : labels;
      assertEquals(new Set(dataset.classes), names, `${table.file} ${number}`);
    }
    assert(accepted > INPUTS / TABLES.length / 10, `${accepted} are accepted`);
  });
}
