import { joinLines, oneLine } from "./one_line.ts";

/** A place in a file that a user wrote. Lines and columns count from 1. */
export interface Place {
  /** The file, named as the user would name it. */
  readonly file: string;
  /** Absent if the whole file is meant. */
  readonly line?: number;
  /** Absent if the whole line is meant. */
  readonly column?: number;
  /** The text of that line, to show under the message. */
  readonly text?: string;
  /** How many characters the caret line marks; by default 1. */
  readonly length?: number;
}

/** One mistake in a user's input: what is wrong, where, and what the user probably meant. */
export interface Problem {
  /** Sentence case, values as the user typed them, no final period. */
  readonly message: string;
  /** Absent if it is in no file. */
  readonly place?: Place;
  /** Shown beside the caret: `did you mean "dropout"?` */
  readonly hint?: string;
}

/** An error in a user's input; the command line prints it without a stack trace. */
export class UserError extends Error {
  /** The name of its class. */
  override readonly name = "UserError";
  /** All that is wrong, at least one. */
  readonly problems: readonly Problem[];
  /** 2 for wrong usage or an invalid file, 1 if the work itself failed. */
  readonly exitCode: 1 | 2;

  /** Makes an error of one problem or several; its message has a line for each. */
  constructor(problems: string | Problem | readonly Problem[], exitCode: 1 | 2 = 2) {
    const list = typeof problems === "string"
      ? [{ message: problems }]
      : Array.isArray(problems)
      ? problems as readonly Problem[]
      : [problems as Problem];
    super(list.map((problem) => problem.message).join("\n"));
    this.problems = list;
    this.exitCode = exitCode;
  }
}

/**
 * Formats problems as `file:line:column: message`, each with its line and a caret.
 *
 * ```
 * experiments/dropout.yaml:14:5: Unknown hyperparameter "drop_out"
 *   14 |   drop_out: 0.5
 *      |   ^^^^^^^^ did you mean "dropout"?
 * ```
 */
export function formatProblems(problems: readonly Problem[]): string {
  return problems.map(formatProblem).join("\n");
}

function formatProblem({ message, place, hint }: Problem): string {
  if (!place) return oneLine(hint ? `${message} (${hint})` : message);
  const { file, line, column, text, length = 1 } = place;
  const where = [file, line, column].filter((part) => part !== undefined).join(":");
  if (line === undefined || column === undefined || text === undefined) {
    return oneLine(`${where}: ${message}${hint ? ` (${hint})` : ""}`);
  }
  const number = String(line);
  const margin = " ".repeat(number.length);
  // A tab before the caret stays a tab, so that the caret is below its character.
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
  const carets = "^".repeat(Math.max(1, Math.min(length, text.length - column + 1)));
  return joinLines([
    `${where}: ${message}`,
    `  ${number} | ${text}`,
    `  ${margin} | ${indent}${carets}${hint ? ` ${hint}` : ""}`,
  ]);
}
