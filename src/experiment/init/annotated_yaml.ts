import { oneLine } from "../../one_line.ts";
import { Document, isCollection } from "../../yaml.ts";
import { isMapping } from "../source/mapping.ts";

/** A line's longest text; a longer comment is above it. */
const WIDTH = 100;
/** Control characters, and what ends a line in some editor. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const UNSAFE_ALL = new RegExp(UNSAFE, "gu");
/** What merges a mapping into another, unless it is in quotes. */
const MERGE_KEY = "<<";

/** One entry of a YAML mapping or list, and the comment that explains it. */
export interface Entry {
  /** Absent for an item of a list. */
  readonly key?: string;
  /** A value that fits in a line, or the entries of a block. */
  readonly value: unknown | readonly Entry[];
  readonly comment?: string;
}

/** Entries of a block, as the value of another. */
export class Block {
  readonly entries: readonly Entry[];

  constructor(entries: readonly Entry[]) {
    this.entries = entries;
  }
}

/** The lines of a YAML mapping, or of a list, with comments. */
export function annotatedLines(entries: readonly Entry[], depth = 0): string[] {
  return entries.flatMap(({ key, value, comment }) => {
    const margin = "  ".repeat(depth);
    const name = key === undefined ? "- " : `${flowYaml(key)}:`;
    if (value instanceof Block) {
      const lines = annotatedLines(value.entries, depth + 1);
      return [...withComment(margin + name, comment, margin), ...lines];
    }
    const isLong = key !== undefined &&
      margin.length + name.length + 1 + flowYaml(value).length > WIDTH;
    if (isLong && isMapping(value)) {
      const inner = Object.entries(value).map(([key, value]) => ({ key, value }));
      return annotatedLines([{ key, value: new Block(inner), comment }], depth);
    }
    const text = key === undefined ? name + flowYaml(value) : `${name} ${flowYaml(value)}`;
    return withComment(margin + text, comment, margin);
  });
}

/** Lines of a comment that stands alone. */
export function commentLines(text: string, margin = ""): string[] {
  const lines: string[] = [];
  let line = "#";
  for (const word of oneLine(text).split(" ")) {
    if (line !== "#" && margin.length + line.length + 1 + word.length > WIDTH) {
      lines.push(margin + line);
      line = "#";
    }
    line += ` ${word}`;
  }
  return [...lines, margin + line];
}

function withComment(line: string, comment: string | undefined, margin: string): string[] {
  if (comment === undefined) return [line];
  const whole = `${line} # ${oneLine(comment)}`;
  return whole.length <= WIDTH ? [whole] : [...commentLines(comment, margin), line];
}

/** A value as YAML in one line. */
export function flowYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowYaml).join(", ")}]`;
  if (isMapping(value)) {
    const entries = Object.entries(value).map(([key, item]) =>
      `${flowYaml(key)}: ${flowYaml(item)}`
    );
    return entries.length > 0 ? `{ ${entries.join(", ")} }` : "{}";
  }
  if (typeof value === "string" && (UNSAFE.test(value) || value === MERGE_KEY)) {
    return escaped(value);
  }
  // As an item of a list in one line, in which more has to be quoted than outside.
  const document = new Document([value]);
  if (isCollection(document.contents)) document.contents.flow = true;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd().slice(1, -1);
}

/** A text in the quotes of JSON, which are YAML's too, without characters that some editor ends a line at. */
function escaped(text: string): string {
  return JSON.stringify(text).replace(
    UNSAFE_ALL,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
