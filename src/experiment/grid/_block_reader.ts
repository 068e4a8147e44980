import { formatValue } from "../../trainers/format_value.ts";
import type { Hyperparameter, HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import type { Place, Problem } from "../../user_error.ts";
import {
  type Block,
  type ConditionalBlock,
  type Dimension,
  lengthOf,
  type Origin,
} from "../cells/block.ts";
import type { Columns } from "../cells/columns.ts";
import {
  BLOCK_WORDS,
  isSearch,
  type SampleOptions,
  type SearchOptions,
  type WrittenBlock,
  type WrittenConditional,
  type WrittenGrid,
  type WrittenZip,
} from "../schema/grid_schema.ts";
import { hyperparameterOrTrainer } from "../schema/hyperparameter_or_trainer.ts";
import type { Values } from "../schema/hyperparameter_schemas.ts";
import type { Distribution } from "../schema/range_schemas.ts";
import type { Places } from "../search/parzen.ts";
import { listed } from "../source/swept_keys.ts";
import type { NodePath, YamlSource } from "../source/yaml_source.ts";
import { formatPattern, type PatternReader } from "./_pattern_reader.ts";
import { SearchedBlock, type SearchedNode } from "./_searched_block.ts";
import { quantile, samplePoints } from "./sample_points.ts";
import { isDistribution, type Sweep, sweepValues } from "./sweep_values.ts";

const NOTHING: SampleOptions = { count: 0, method: "random", seed: 0 };

/** Where a block and the blocks around it sweep each key. */
type SweptPaths = Map<string, NodePath>;

/** A block of the grid as it was read. */
export interface ReadBlock {
  /** One, or one for each point so far of a search. */
  readonly blocks: readonly Block[];
  /** In a line: what has one value is no dimension of it. */
  readonly words: string;
  readonly search?: { readonly block: SearchedBlock; readonly first: readonly Places[] };
}

/** Reads the blocks of a grid, and collects what is wrong with them. */
export class BlockReader {
  readonly problems: Problem[] = [];
  readonly #written = new Map<Dimension | ConditionalBlock, { path: NodePath; words: string }>();
  readonly #trainers: Trainers;
  readonly #patterns: PatternReader;
  readonly #source: YamlSource;
  readonly #bases: () => Columns;

  /** @param bases Gives the values of combinations without keys; called if there is a search. */
  constructor(
    trainers: Trainers,
    patterns: PatternReader,
    source: YamlSource,
    bases: () => Columns,
  ) {
    this.#trainers = trainers;
    this.#patterns = patterns;
    this.#source = source;
    this.#bases = bases;
  }

  blocks(grid: WrittenGrid): readonly ReadBlock[] {
    return listed(grid, ["grid"]).map(({ item, path }): ReadBlock => {
      if (isSearch(item.sample)) return this.#searched(item.sample, item, path);
      const block = this.#block(item, path, new Map());
      return { blocks: [block], words: this.#describe(block) };
    });
  }

  /** Where a conditional block is written, or the mapping that a dimension is in. */
  pathOf(part: Dimension | ConditionalBlock): NodePath {
    return this.#written.get(part)?.path ?? [];
  }

  /** Where a point of a dimension is written, or the nearest place known. */
  placeOf(key: string, { dimension, point }: Origin): Place {
    const path = [...this.pathOf(dimension), key];
    return this.#source.place(this.#source.has([...path, point]) ? [...path, point] : path);
  }

  placeOfKey(key: string, { dimension }: Origin): Place {
    return this.#source.placeOfKey([...this.pathOf(dimension), key]);
  }

  #describe({ dimensions, conditional }: Block): string {
    const wordsOf = (part: Dimension | ConditionalBlock) => this.#written.get(part)?.words;
    const single = dimensions.filter((dimension) => lengthOf(dimension) === 1);
    const several = dimensions.filter((dimension) => lengthOf(dimension) > 1);
    const words = [...single.map(wordsOf), several.map(wordsOf).join(" × ")].filter(Boolean);
    return [
      words.join(", ") || "one cell that sweeps nothing",
      ...conditional.map((block) => `where ${wordsOf(block)}: ${this.#describe(block)}`),
    ].join("; ");
  }

  #searched(options: SearchOptions, written: WrittenBlock, path: NodePath): ReadBlock {
    const root = this.#searchedNode(written, path, new Map());
    const drawn = drawnIn(root);
    if (drawn.length === 0) this.#rejectSample(path);
    if (this.problems.length > 0) return { blocks: [], words: "" };
    const block = new SearchedBlock(options, root, this.#bases);
    const points = block.first();
    const { count, batch, seed } = options;
    const words = `${count} points of ${[...new Set(drawn)].join(", ")}, proposed by tpe in ` +
      `batches of ${batch} (seed ${seed})`;
    return {
      blocks: points.map((point) => block.blockAt(point)),
      words,
      search: { block, first: points },
    };
  }

  /** A block that is searched, or a conditional block in it: each key is drawn, or has one value. */
  #searchedNode(written: WrittenBlock, path: NodePath, outer: SweptPaths): SearchedNode {
    const swept = new Map(outer);
    const keys = Object.keys(written).filter((key) => !BLOCK_WORDS.includes(key) || key === "zip");
    const drawn = keys.filter((key) => key !== "zip" && isDistribution(sweepOf(written, key)));
    const dimensions = keys.flatMap((key): (Dimension | "drawn")[] => {
      if (key === "zip") {
        this.#reject([...path, key], "tpe draws each key of its block by itself");
        return [];
      }
      this.#noteSwept(key, path, swept);
      if (drawn.includes(key)) return key === drawn[0] ? ["drawn"] : [];
      const dimension = this.#list(key, written, path);
      if (lengthOf(dimension) > 1) {
        const hint = `such as ${key}: { choice: [${dimension[key].map(formatValue).join(", ")}] }`;
        this.#reject([...path, key], "tpe draws each key of its block, or it has one value", hint);
      }
      return [dimension];
    });
    return {
      dimensions,
      drawn: drawn.map((key) => {
        const { row, distribution } = this.#drawn(key, written, path);
        const { choice, off } = distribution;
        const axis = [...path, key].join(".");
        return { row, choices: choice?.length, off, axis, valueAt: quantile(row, distribution) };
      }),
      conditional: listed(written.conditional ?? [], [...path, "conditional"])
        .map(({ item, path }) => {
          if (item.sample) {
            const reason = "tpe searches the block around it, and draws these keys, too";
            this.#reject([...path, "sample"], reason);
          }
          const when = this.#patterns.pattern(item.when, [...path, "when"]);
          return { when, ...this.#searchedNode(item, path, swept) };
        }),
      note: (dimension) => this.#note(dimension, path, ""),
    };
  }

  #block(written: WrittenBlock, path: NodePath, outer: SweptPaths): Block {
    const swept = new Map(outer);
    const dimensions = this.#dimensions(written, path, swept);
    const conditional = listed(written.conditional ?? [], [...path, "conditional"])
      .map(({ item, path }) => this.#conditional(item, path, swept));
    return { dimensions, conditional };
  }

  #conditional(written: WrittenConditional, path: NodePath, outer: SweptPaths): ConditionalBlock {
    const when = this.#patterns.pattern(written.when, [...path, "when"]);
    const block = { when, ...this.#block(written, path, outer) };
    this.#written.set(block, { path, words: formatPattern(written.when, this.#trainers) });
    return block;
  }

  /** The dimensions in the order written; all drawn keys form one, in place of the first of them. */
  #dimensions(written: WrittenBlock, path: NodePath, swept: SweptPaths): Dimension[] {
    const keys = Object.keys(written).filter((key) => !BLOCK_WORDS.includes(key) || key === "zip");
    const drawn = keys.filter((key) => key !== "zip" && isDistribution(sweepOf(written, key)));
    this.#checkSample(written, path, drawn);
    return keys.flatMap((key): Dimension[] => {
      if (key === "zip") {
        return listed(written.zip ?? [], [...path, key])
          .map(({ item, path }) => this.#zip(item, path, swept));
      }
      this.#noteSwept(key, path, swept);
      if (!drawn.includes(key)) return [this.#list(key, written, path)];
      return key === drawn[0] && written.sample ? [this.#sample(drawn, written, path)] : [];
    });
  }

  #rowOf(key: string): Hyperparameter {
    return hyperparameterOrTrainer(key, this.#trainers);
  }

  #list(key: string, written: WrittenBlock, path: NodePath): Dimension {
    const values = sweepValues(this.#rowOf(key), sweepOf(written, key) as Values);
    return this.#note({ [key]: values }, path, wordsFor([[key, values]]));
  }

  #zip(written: WrittenZip, path: NodePath, swept: SweptPaths): Dimension {
    const lists = Object.entries(written).map(([key, values]) => {
      this.#noteSwept(key, path, swept);
      return [key, sweepValues(this.#rowOf(key), values)] as const;
    });
    const [[first, { length }], ...others] = lists;
    for (const [key, values] of others) {
      if (values.length === length) continue;
      const reason =
        `zip must have equally many values of each key, but has ${values.length} of ${key} ` +
        `and ${length} of ${first}`;
      this.#reject([...path, key], reason);
    }
    return this.#note(Object.fromEntries(lists), path, wordsFor(lists));
  }

  #sample(keys: readonly string[], written: WrittenBlock, path: NodePath): Dimension {
    const { sample } = written;
    // Only blocks of the grid are searched; for others, that is a problem.
    const drawing = sample && !isSearch(sample) ? sample : NOTHING;
    const draws = keys.map((key) => {
      const { row, distribution } = this.#drawn(key, written, path);
      return [key, samplePoints(row, distribution, drawing)];
    });
    const { count, method, seed } = drawing;
    const words = `${count} ${method} points of ${keys.join(", ")} (seed ${seed})`;
    return this.#note(Object.fromEntries(draws), path, words);
  }

  /** What a key is drawn from. */
  #drawn(key: string, written: WrittenBlock, path: NodePath) {
    const row = this.#rowOf(key);
    const distribution = sweepOf(written, key) as Distribution;
    if (distribution.off !== undefined && row.default === undefined) {
      this.#reject([...path, key, "off"], `${key} has no default that it could keep`);
    }
    return { row, distribution };
  }

  #checkSample({ sample }: WrittenBlock, path: NodePath, drawn: readonly string[]): void {
    if (isSearch(sample)) {
      const reason = "tpe searches blocks of the grid, and what is conditional in them";
      this.#reject([...path, "sample", "method"], reason);
    } else if (sample && drawn.length === 0) this.#rejectSample(path);
    for (const key of sample ? [] : drawn) {
      const hint = "such as sample: { count: 20 }";
      this.#reject([...path, key], "its block has no sample that says how to draw", hint);
    }
  }

  #rejectSample(path: NodePath): void {
    const hint = "such as dropout: { uniform: [0, 0.5] }";
    this.#reject([...path, "sample"], "nothing in its block is drawn", hint);
  }

  #note(dimension: Dimension, path: NodePath, words: string): Dimension {
    this.#written.set(dimension, { path, words });
    return dimension;
  }

  #noteSwept(key: string, path: NodePath, swept: SweptPaths): void {
    const first = swept.get(key);
    swept.set(key, first ?? [...path, key]);
    if (!first) return;
    this.problems.push({
      message: `Cannot sweep ${key} twice`,
      place: this.#source.placeOfKey([...path, key]),
      hint: `already on line ${this.#source.placeOfKey(first).line}`,
    });
  }

  #reject(path: NodePath, reason: string, hint?: string): void {
    const message = `Cannot use ${this.#source.named(path)}: ${reason}`;
    this.problems.push({ message, place: this.#source.place(path), hint });
  }
}

/** The keys that a search draws. */
function drawnIn({ drawn, conditional }: SearchedNode): string[] {
  return [...drawn.map(({ row }) => row.key), ...conditional.flatMap(drawnIn)];
}

/** `dropout (3)`, or `dropout=0.1` for one value. */
function wordsFor(lists: readonly (readonly [string, readonly HyperparameterValue[]])[]): string {
  const [[, { length }]] = lists;
  return length === 1
    ? lists.map(([key, [value]]) => `${key}=${formatValue(value)}`).join(", ")
    : `${lists.map(([key]) => key).join(" with ")} (${length})`;
}

/** What a block says of a key. */
function sweepOf(written: WrittenBlock, key: string): Sweep {
  return written[key] as Sweep;
}
