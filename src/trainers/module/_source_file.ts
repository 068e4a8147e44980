import { parse } from "@babel/parser";
import type { Node, Program } from "@babel/types";
import type { Place, Problem } from "../../user_error.ts";
import { isTypeScript, LINE_END } from "./module_urls.ts";

/** A range of a file's text; nodes of its syntax tree are such ranges. */
export interface TextRange {
  readonly start?: number | null;
  readonly end?: number | null;
}

/** Longer lines are not shown under a message. */
const LONGEST_LINE = 200;
const CONTROL = /[^\P{Cc}\t]/gu;

/** A file of a module: its text, its syntax, and where everything stands. */
export class SourceFile {
  /** Undefined if it cannot be parsed. */
  readonly program: Program | undefined;
  readonly syntaxProblems: readonly Problem[];
  /** Where each line starts. */
  readonly #lines: readonly number[];

  /** @param label What messages call the file. */
  constructor(readonly path: string, readonly label: string, readonly text: string) {
    this.#lines = [
      0,
      ...Array.from(text.matchAll(LINE_END), (end) => end.index + end[0].length),
    ];
    const { program, errors } = parseText(path, text);
    this.program = errors.length === 0 ? program : undefined;
    this.syntaxProblems = errors.map(({ message, position }) => ({
      message: `Cannot read the module: ${message}`,
      place: this.placeOf({ start: position, end: position + 1 }),
    }));
  }

  /** The place of a range, up to the end of its first line. */
  placeOf({ start, end }: TextRange): Place {
    const from = start ?? 0;
    const line = this.#lineAt(from);
    const lineStart = this.#lines[line];
    const column = from - lineStart + 1;
    const place = { file: this.label, line: line + 1, column };
    const [text] = this.text.slice(lineStart, lineStart + LONGEST_LINE).split(LINE_END, 1);
    if (Math.max(text.length, column) >= LONGEST_LINE) return place;
    const length = Math.max(1, Math.min(end ?? from, lineStart + text.length) - from);
    return { ...place, text: text.replace(CONTROL, "\u{fffd}"), length };
  }

  /** The place of a line and column, both from 1, and of the word there. */
  placeAt(line: number, column: number): Place {
    const start = (this.#lines[line - 1] ?? 0) + column - 1;
    const [word] = /^[\w$]+/.exec(this.text.slice(start, start + LONGEST_LINE)) ?? [""];
    return this.placeOf({ start, end: start + word.length });
  }

  /** A range as it is written, on one line and not too long. */
  written({ start, end }: TextRange, longest = 40): string {
    const text = this.text.slice(start ?? 0, end ?? 0).replace(/\s+/g, " ");
    return (text.length > longest ? `${text.slice(0, longest)}…` : text).replace(
      CONTROL,
      "\u{fffd}",
    );
  }

  /** The index of the line that has a position. */
  #lineAt(position: number): number {
    let [low, high] = [0, this.#lines.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#lines[middle] <= position) low = middle;
      else high = middle;
    }
    return low;
  }
}

interface SyntaxFault {
  readonly message: string;
  readonly position: number;
}

function parseText(path: string, text: string): { program?: Program; errors: SyntaxFault[] } {
  try {
    const { program, errors } = parse(text, {
      sourceType: "module",
      errorRecovery: true,
      createImportExpressions: true,
      attachComment: false,
      plugins: [
        ...isTypeScript(path) ? ["typescript" as const] : [],
        "decorators",
        "decoratorAutoAccessors",
        "sourcePhaseImports",
        "deferredImportEvaluation",
      ],
    });
    return { program, errors: (errors ?? []).map(faultOf) };
  } catch (error) {
    return { errors: [faultOf(error)] };
  }
}

/** What the parser threw; anything else is a bug. */
function faultOf(error: unknown): SyntaxFault {
  const { message, pos } = error as { message?: string; pos?: number };
  if (!(error instanceof SyntaxError) || pos === undefined) {
    // Too deep for its recursion.
    if (error instanceof RangeError) return { message: "it is nested too deeply", position: 0 };
    throw error;
  }
  const words = (message ?? "").replace(/ \(\d+:\d+\)$/, "").replace(/\.$/, "");
  return { message: words, position: pos };
}

/** Calls a function with each node of a tree and its parent, from the top; `false` skips what is below. */
export function visitNodes(
  node: Node,
  visit: (node: Node, parent: Node | undefined) => boolean | void,
): void {
  const waiting: [Node, Node | undefined][] = [[node, undefined]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [current, parent] = next;
    if (visit(current, parent) === false) continue;
    const below = Object.values(current).flat().filter(isNode);
    for (const child of below.reverse()) waiting.push([child, current]);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null &&
    typeof (value as { type?: unknown }).type === "string" && "start" in value;
}
