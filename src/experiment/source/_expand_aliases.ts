import type { Document, Node, Pair, Range, YAMLMap } from "yaml";
import { isAlias, isCollection, isMap, isPair, isScalar, isSeq, visit } from "../../yaml.ts";

/** The most nodes that all aliases together may expand to: a limit for malicious files. */
const MAXIMUM_COPIES = 100_000;

/** An alias or merge key that cannot be expanded. */
interface UnresolvedAlias {
  readonly message: string;
  readonly range: Range;
}

/**
 * Replaces every alias by a copy of its anchor's node, and every merge key (`<<`) by what it merges,
 * so that nothing in the document is shared. Copies keep the places of their originals.
 *
 * The package does this for plain data only, where places are lost; its `alias.resolve()` gives the
 * shared node, and finds it by a walk through the whole document.
 */
export function expandAliases(document: Document): readonly UnresolvedAlias[] {
  const expansion = new Expansion();
  if (document.contents) document.contents = expansion.expand(document.contents);
  return expansion.unresolved;
}

class Expansion {
  readonly unresolved: UnresolvedAlias[] = [];
  /** Nodes by anchor, as far as read; null while a node is being read. */
  readonly #anchors = new Map<string, Node | null>();
  #copies = 0;

  expand(node: Node): Node {
    if (isAlias(node)) return this.#copy(node.source, node);
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) {
      this.#anchors.set(anchor, null);
      delete (node as { anchor?: string }).anchor;
    }
    if (isSeq(node)) node.items = node.items.map((item) => this.expand(item as Node));
    if (isMap(node)) this.#expandMap(node as YAMLMap<Node, Node | null>);
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  #copy(anchor: string, alias: Node): Node {
    const original = this.#anchors.get(anchor);
    if (original === undefined) {
      return this.#fail(`Alias *${anchor} has no anchor before it`, alias);
    }
    if (original === null) return this.#fail(`Alias *${anchor} contains itself`, alias);
    // Report only the first alias over the limit.
    if (this.#copies > MAXIMUM_COPIES) return alias;
    this.#copies += countNodes(original);
    if (this.#copies > MAXIMUM_COPIES) {
      return this.#fail(`Aliases stand for more than ${MAXIMUM_COPIES} values`, alias);
    }
    return withoutComments(original.clone() as Node);
  }

  #expandMap(map: YAMLMap<Node, Node | null>): void {
    for (const pair of map.items) if (pair.value) pair.value = this.expand(pair.value);
    if (!map.items.some(isMerge)) return;
    const keys = new Set(map.items.filter((pair) => !isMerge(pair)).map(keyOf));
    map.items = map.items.flatMap((pair) => {
      if (!isMerge(pair)) return [pair];
      // Of several sources, the first that has a key counts.
      return this.#mergedPairs(pair).filter((merged) => {
        const isNew = !keys.has(keyOf(merged));
        keys.add(keyOf(merged));
        return isNew;
      });
    });
  }

  #mergedPairs({ key, value }: Pair<Node, Node | null>): Pair<Node, Node | null>[] {
    const sources = isSeq(value) ? value.items : [value];
    if (sources.every(isMap)) return sources.flatMap((map) => map.items) as Pair<Node, Node>[];
    this.#fail("Cannot merge what is neither a mapping nor a list of mappings", value ?? key);
    return [];
  }

  #fail(message: string, node: Node): Node {
    if (node.range) this.unresolved.push({ message, range: node.range });
    return node;
  }
}

/** Comments stay with the original. */
function withoutComments(copy: Node): Node {
  visit(copy, {
    Node(_, node) {
      node.comment = undefined;
      node.commentBefore = undefined;
    },
  });
  return copy;
}

function isMerge({ key }: Pair<Node, Node | null>): boolean {
  return isScalar(key) && key.value === "<<" && key.type === "PLAIN";
}

function keyOf({ key }: Pair<Node, Node | null>): unknown {
  return isScalar(key) ? key.value : key;
}

function countNodes(node: unknown): number {
  if (isPair(node)) return 1 + countNodes(node.value);
  if (!isCollection(node)) return 1;
  return node.items.reduce<number>((sum, item) => sum + countNodes(item), 1);
}
