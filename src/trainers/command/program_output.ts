import { listWords } from "../../list_words.ts";
import type { Evaluation } from "../run_result.ts";
import { parseJsonWithNan } from "./parse_json_with_nan.ts";
import type { ProgramListener } from "./program_runner.ts";

const LINE_BYTES = 2 ** 20;
/** How many bytes of output a program may write in all, counting both of its streams. */
export const OUTPUT_BYTES = 100 * 2 ** 20;
const MOST_MEASURES = 1000;
/** Characters of a wrong line that a message shows. */
const SHOWN = 200;
/** Messages of a run that are shown, and the characters of each. */
const MOST_MESSAGES = 20;
const MESSAGE = 500;
const MEASURE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const NEWLINE = 0x0a;

/** Why a program's output is not what the protocol allows, in words for a user. */
export class OutputProblem extends Error {
  override readonly name = "OutputProblem";
}

/** Reads the lines that a program prints to standard output. */
export class ProgramOutput {
  readonly evaluations: Evaluation[] = [];
  /** The file with its parameters, as it names it. */
  parameters: string | undefined;
  readonly #listener: ProgramListener;
  /** Pieces of a line without its end. */
  readonly #pieces: Uint8Array[] = [];
  #pieceBytes = 0;
  #lines = 0;
  #messages = 0;

  constructor(listener: ProgramListener = {}) {
    this.#listener = listener;
  }

  /**
   * Takes the next bytes.
   *
   * @throws {OutputProblem} If a line is none of the protocol's.
   */
  add(bytes: Uint8Array): void {
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      this.#keep(bytes.subarray(start, end));
      this.#endLine();
      start = end + 1;
    }
    // The caller may use its buffer again.
    if (start < bytes.length) this.#keep(bytes.slice(start));
  }

  /**
   * Takes the end of the output; the last line need not have an end.
   *
   * @throws {OutputProblem} If the last line is none of the protocol's, or there is no evaluation.
   */
  end(): void {
    if (this.#pieceBytes > 0) this.#endLine();
    if (this.evaluations.length === 0) {
      throw new OutputProblem('it printed no line with "step" and "measures"');
    }
  }

  #keep(piece: Uint8Array): void {
    this.#pieceBytes += piece.length;
    if (this.#pieceBytes > LINE_BYTES) {
      throw new OutputProblem(`line ${this.#lines + 1} of its output is longer than 1 MiB`);
    }
    this.#pieces.push(piece);
  }

  #endLine(): void {
    this.#lines++;
    const bytes = new Uint8Array(this.#pieceBytes);
    let at = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    this.#pieces.length = 0;
    this.#pieceBytes = 0;
    const text = new TextDecoder().decode(bytes).replace(/\r$/, "");
    const problem = isUtf8(bytes) ? this.#take(text) : "is not UTF-8";
    if (problem === undefined) return;
    const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text || "it is empty";
    throw new OutputProblem(`line ${this.#lines} of its output ${problem}: ${shown}`);
  }

  /** Takes a line; returns what is wrong with it, if anything. */
  #take(text: string): string | undefined {
    const line = parseJsonWithNan(text);
    if (typeof line !== "object" || line === null || Array.isArray(line)) {
      return "is not a JSON object";
    }
    const members = Object.keys(line).sort().join();
    const { step, measures, message, parameters } = line as Readonly<Record<string, unknown>>;
    if (members === "measures,step") return this.#takeEvaluation(step, measures);
    if (members === "message") {
      if (typeof message !== "string") return "has a message that is not a text";
      this.#show(message);
    } else if (members === "parameters") {
      if (typeof parameters !== "string" || parameters === "") {
        return "has parameters that are not the name of a file";
      }
      if (this.parameters !== undefined) return "names parameters a second time";
      this.parameters = parameters;
    } else return 'has other members than "step" and "measures", or "message", or "parameters"';
    return undefined;
  }

  #takeEvaluation(step: unknown, measures: unknown): string | undefined {
    if (!Number.isInteger(step) || Number(step) < 0) {
      return "has a step that is not an integer from 0";
    }
    if (Number(step) > Number.MAX_SAFE_INTEGER) {
      return `has a step above ${Number.MAX_SAFE_INTEGER}`;
    }
    const last = this.evaluations.at(-1);
    if (last && !(Number(step) > last.step)) return `has a step that is not above ${last.step}`;
    if (typeof measures !== "object" || measures === null || Array.isArray(measures)) {
      return "has measures that are not an object";
    }
    const entries = Object.entries(measures);
    if (entries.length === 0) return "has no measures";
    if (entries.length > MOST_MEASURES) return `has more than ${MOST_MEASURES} measures`;
    for (const [name, value] of entries) {
      if (!MEASURE.test(name)) {
        return `has a measure whose name is not in snake_case, ${JSON.stringify(name)}`;
      }
      if (typeof value !== "number") return `has a measure that is not a number, ${name}`;
    }
    const given: Record<string, number> = Object.fromEntries(entries);
    const problem = last && otherNames(last.measures, given);
    if (problem) return problem;
    const evaluation = { step: Number(step), measures: given };
    this.evaluations.push(evaluation);
    this.#listener.onEvaluation?.(evaluation);
    return undefined;
  }

  #show(message: string): void {
    this.#messages++;
    if (this.#messages > MOST_MESSAGES) return;
    const isLast = this.#messages === MOST_MESSAGES;
    const cut = message.length > MESSAGE ? `${message.slice(0, MESSAGE)}…` : message;
    this.#listener.onMessage?.(isLast ? `${cut} (further messages are not shown)` : cut);
  }
}

/** What is wrong with an evaluation whose measures are others than those of the one before. */
function otherNames(
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
): string | undefined {
  const lacked = missingIn(now, before);
  if (lacked.length > 0) return `lacks ${listWords(lacked, "and")}, which the line before has`;
  const added = missingIn(before, now);
  if (added.length > 0) return `has ${listWords(added, "and")}, which the line before lacks`;
  return undefined;
}

/** Names of some measures that others lack; only the last line has measures of the test rows. */
function missingIn(others: Evaluation["measures"], some: Evaluation["measures"]): string[] {
  return Object.keys(some).filter((name) =>
    !name.startsWith("test_") && !Object.hasOwn(others, name)
  );
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
