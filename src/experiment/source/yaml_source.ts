import type { Document, LineCounter, Node, Pair, YAMLMap } from "yaml";
import type { Place } from "../../user_error.ts";
import { isCollection, isMap, isScalar, isSeq, Scalar, visit } from "../../yaml.ts";

/** Keys and indexes from the root of a document to one of its nodes. */
export type NodePath = readonly PropertyKey[];

/** Lines longer than this are not shown under a message. */
const LONGEST_LINE = 200;
/** Values quoted from the file are cut to this length. */
const LONGEST_QUOTE = 60;

type Mapping = YAMLMap<Node, Node | null>;
type MappingPair = Pair<Node, Node | null>;

/** A text that was read, with the lines and columns of its characters. */
export class SourceText {
  constructor(
    readonly text: string,
    /** What problems call it. */
    readonly file: string,
    private readonly lineCounter: LineCounter,
  ) {}

  /** The place of a range of characters, up to the end of its first line. */
  placeAt(start: number, end: number): Place {
    const { line, col: column } = this.lineCounter.linePos(start);
    // Look for the line's end only as far as it would be shown.
    const lineStart = start - (column - 1);
    const [lineText] = this.text.slice(lineStart, lineStart + LONGEST_LINE).split(/\r?\n/, 1);
    if (Math.max(lineText.length, column) >= LONGEST_LINE) return { file: this.file, line, column };
    return {
      file: this.file,
      line,
      column,
      text: printable(lineText),
      length: Math.max(1, Math.min(end, lineStart + lineText.length) - start),
    };
  }
}

/** A parsed YAML document and the places of its nodes, some of which may come from other files. */
export class YamlSource {
  readonly #pairs = new WeakMap<Mapping, Map<unknown, MappingPair>>();
  readonly #origins = new WeakMap<Node, SourceText>();
  /** Words in the place of values that take several lines. */
  readonly #blocks = new WeakSet<Node>();

  constructor(readonly document: Document, readonly text: SourceText) {}

  /** The document as plain data. */
  get value(): unknown {
    return this.document.toJS();
  }

  /** Remembers the places of another document's nodes, some of which will move into this one. */
  adopt(other: YamlSource): void {
    visit(other.document, {
      Node: (_, node) => void this.#origins.set(node, other.#originOf(node)),
    });
  }

  /**
   * A word to stand in a node's place, which has the same place in the text.
   *
   * @param node It has a place.
   */
  standIn(node: Node, word: string): Node {
    const scalar = new Scalar(word);
    scalar.range = node.range;
    this.#origins.set(scalar, this.#originOf(node));
    if (!isInline(node)) this.#blocks.add(scalar);
    return scalar;
  }

  /** The text that a value comes from. */
  originOf(path: NodePath): SourceText {
    return this.#originOf(this.find(path).value);
  }

  /** The place of a value, or of its key if the value is missing or takes several lines. */
  place(path: NodePath): Place {
    const { key, value } = this.find(path);
    const node = this.#isInline(value) ? value : key ?? value;
    return path.length > 0 && node?.range
      ? this.#originOf(node).placeAt(node.range[0], node.range[1])
      : { file: this.text.file };
  }

  /** The place of the key that a path ends with. */
  placeOfKey(path: NodePath): Place {
    const { key } = this.find(path);
    if (!key?.range) return this.place(path);
    return this.#originOf(key).placeAt(key.range[0], key.range[1]);
  }

  /** A value as the user typed it, to follow its name; empty if it takes several lines. */
  typed(path: NodePath): string {
    const { value } = this.find(path);
    if (!value?.range || value.range[0] === value.range[1]) return "without a value";
    const typed = this.#originOf(value).text.slice(value.range[0], value.range[1]);
    if (!this.#isInline(value) || typed.includes("\n")) return "";
    return shorten(typed, LONGEST_QUOTE);
  }

  /** A value as the user typed it, after the name of the last key on its path. */
  named(path: NodePath): string {
    const name = path.findLast((step) => typeof step === "string");
    return [name, this.typed(path)].filter(Boolean).join(" ");
  }

  /** The keys of the mapping at a path; empty if there is no mapping. */
  keys(path: NodePath): readonly unknown[] {
    const { value } = this.find(path);
    return isMap(value) ? [...this.pairsOf(value as Mapping).keys()] : [];
  }

  /** Whether there is a node at a path, even an empty one. */
  has(path: NodePath): boolean {
    return this.find(path).value !== undefined;
  }

  #isInline(node: Node | null | undefined): boolean {
    return isInline(node) && !(node && this.#blocks.has(node));
  }

  #originOf(node: Node | null | undefined): SourceText {
    return node && this.#origins.get(node) || this.text;
  }

  private find(path: NodePath): { key?: Node; value?: Node | null } {
    let key: Node | undefined;
    let value: Node | null | undefined = this.document.contents;
    for (const step of path) {
      if (isMap(value)) {
        const pair = this.pairsOf(value as Mapping).get(step);
        key = pair?.key;
        value = pair?.value;
      } else {
        key = undefined;
        value = isSeq(value) ? value.items[Number(step)] as Node | undefined : undefined;
      }
    }
    return { key, value };
  }

  /** Of duplicate keys, the last one counts. */
  private pairsOf(map: Mapping): Map<unknown, MappingPair> {
    let pairs = this.#pairs.get(map);
    if (!pairs) {
      pairs = new Map(map.items.map((pair) => [isScalar(pair.key) && pair.key.value, pair]));
      this.#pairs.set(map, pairs);
    }
    return pairs;
  }
}

/** True for a value on the same line as its key; false for an empty one or a block collection. */
function isInline(node: Node | null | undefined): boolean {
  if (!node?.range || node.range[0] === node.range[1]) return false;
  return !isCollection(node) || node.flow === true;
}

/** Cuts text from a file to a length, and replaces control characters. */
export function shorten(text: string, length: number): string {
  return printable(text.length > length ? `${text.slice(0, length)}…` : text);
}

function printable(text: string): string {
  return text.replace(/[^\P{Cc}\t]/gu, "\u{fffd}");
}
