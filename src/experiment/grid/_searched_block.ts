import { formatValue } from "../../trainers/format_value.ts";
import type { Hyperparameter, HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { Block, Dimension } from "../cells/block.ts";
import type { Columns } from "../cells/columns.ts";
import type { Pattern } from "../cells/pattern.ts";
import type { SearchOptions } from "../schema/grid_schema.ts";
import { proposePlaces, type Space, type SpaceAxis } from "../search/propose_places.ts";
import type { Places } from "../search/parzen.ts";
import { samplePlaces } from "./sample_points.ts";

/** A key that a search draws. */
export interface DrawnKey {
  readonly row: Hyperparameter;
  /** How many values it has without an order; undefined if they are numbers. */
  readonly choices?: number;
  /** The places below it leave the key at its default; undefined if none do. */
  readonly off?: number;
  /** Of its axis: where it is written, since several conditional blocks can draw one key. */
  readonly axis: string;
  /** The value at a place in [0, 1). */
  readonly valueAt: (place: number) => HyperparameterValue;
}

/** A block that is searched, or a conditional block in it. */
export interface SearchedNode {
  /** In the order written; the drawn keys, which move together, are at the place of the first. */
  readonly dimensions: readonly (Dimension | "drawn")[];
  readonly drawn: readonly DrawnKey[];
  readonly conditional: readonly (SearchedNode & { readonly when: Pattern })[];
  /** Notes where a dimension is written. */
  readonly note: (dimension: Dimension) => Dimension;
}

/** What is known of combinations before they have values of their own. */
type Bases = Pick<Columns, "base" | "trainer">;

/**
 * A block of the grid with points that are proposed batch by batch.
 *
 * Each point is a block with one combination. Keys of conditional blocks are drawn for the points that
 * match: a point has one value of each, so that conditional blocks multiply nothing.
 */
export class SearchedBlock {
  readonly #space: Space;

  constructor(
    readonly options: SearchOptions,
    readonly root: SearchedNode,
    readonly bases: () => Bases,
  ) {
    this.#space = {
      axes: this.#axesOf(root),
      identityOf: (point) =>
        Array.from(this.#walk(point).values, ([key, value]) => `${key}=${formatValue(value)}`)
          .join(" "),
    };
  }

  /** How many batches there are at most. */
  get batches(): number {
    return Math.ceil(this.options.count / this.options.batch);
  }

  /** The points of the first batch, from Sobol's sequence: those that are the same come once. */
  first(): readonly Places[] {
    const { count, batch, seed } = this.options;
    const sample = { count: Math.min(count, batch), method: "sobol" as const, seed };
    const placeOn = new Map(
      nodesOf(this.root).flatMap(({ drawn }) =>
        drawn.map(({ axis, row }) => [axis, samplePlaces(row, sample)] as const)
      ),
    );
    const points = new Map<string, Places>();
    for (let number = 0; number < sample.count; number++) {
      const point = new Map<string, number>();
      for (const { name, applies } of this.#space.axes) {
        const place = placeOn.get(name)?.(number) ?? 0;
        if (applies?.(point) ?? true) point.set(name, place);
      }
      const identity = this.#space.identityOf(point);
      if (!points.has(identity)) points.set(identity, point);
    }
    return [...points.values()];
  }

  /**
   * The points of a later batch.
   *
   * @param points Those so far.
   * @param merits How good they are, in their order.
   * @param options.batch The number of the batch, from 1 for the one after the first.
   * @param options.isAllowed Whether the block that has a point alone may be proposed.
   */
  next(
    points: readonly Places[],
    merits: readonly number[],
    { batch, isAllowed }: {
      readonly batch: number;
      readonly isAllowed: (block: Block) => boolean;
    },
  ): readonly Places[] {
    const { count, batch: most, seed } = this.options;
    const left = Math.min(most, count - most * batch);
    if (left <= 0) return [];
    const observed = points.map((point, index) => ({ point, merit: merits[index] }));
    const space = {
      ...this.#space,
      isAllowed: (point: Places) => isAllowed(this.blockAt(point)),
    };
    return proposePlaces(space, observed, { count: left, name: `${seed}/tpe/${batch}` });
  }

  /** The block that has a point alone. */
  blockAt(point: Places, node: SearchedNode = this.root): Block {
    const values = Object.fromEntries(
      node.drawn.map((key) => [key.row.key, [valueOf(key, point)]]),
    );
    return {
      dimensions: node.dimensions.map((dimension) =>
        dimension === "drawn" ? node.note(values) : dimension
      ),
      conditional: node.conditional.map((inner) => {
        return { when: inner.when, ...this.blockAt(point, inner) };
      }),
    };
  }

  /** The values of a point as far as it is drawn, and the parts of the block that it has. */
  #walk(point: Places) {
    const values = new Map<string, HyperparameterValue>();
    const reached = new Set<SearchedNode>();
    const bases = this.bases();
    const visit = (node: SearchedNode) => {
      reached.add(node);
      for (const dimension of node.dimensions) {
        if (dimension === "drawn") continue;
        for (const [key, [value]] of Object.entries(dimension)) values.set(key, value);
      }
      for (const key of node.drawn) {
        if (point.has(key.axis)) values.set(key.row.key, valueOf(key, point));
      }
      for (const inner of node.conditional) {
        const holds = inner.when.every(([key, condition]) => {
          const value = values.get(key) ??
            bases.base(String(values.get("trainer") ?? bases.trainer), key);
          return value !== undefined && condition(value);
        });
        if (holds) visit(inner);
      }
    };
    visit(this.root);
    return { values, reached };
  }

  #axesOf(node: SearchedNode): SpaceAxis[] {
    const own = node.drawn.map(({ axis, choices, off }): SpaceAxis => ({
      name: axis,
      choices,
      off,
      ...node !== this.root && { applies: (before) => this.#walk(before).reached.has(node) },
    }));
    return [...own, ...node.conditional.flatMap((inner) => this.#axesOf(inner))];
  }
}

function nodesOf(node: SearchedNode): SearchedNode[] {
  return [node, ...node.conditional.flatMap(nodesOf)];
}

/** A point's value; of a point without the key, one that none of its combinations has. */
function valueOf({ axis, valueAt }: DrawnKey, point: Places): HyperparameterValue {
  return valueAt(point.get(axis) ?? 0);
}
