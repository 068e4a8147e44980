import { randomStream } from "../../random_stream.ts";
import { type Axis, ParzenEstimator, type Places } from "./parzen.ts";

/** What points are searched in. */
export interface Space {
  /** In the order in which a point's places are drawn: an axis follows those that it depends on. */
  readonly axes: readonly SpaceAxis[];
  /** What distinguishes points: equal for those whose values are the same. */
  readonly identityOf: (point: Places) => string;
  /** Whether a point may be proposed; absent if all may. */
  readonly isAllowed?: (point: Places) => boolean;
}

export interface SpaceAxis extends Axis {
  /** Whether a point has a place on it, by its places on the axes before; absent if all have it. */
  readonly applies?: (before: Places) => boolean;
}

/** A point, and how good it is; infinitely bad if it has no result. */
export interface Observation {
  readonly point: Places;
  /** Larger is better. */
  readonly merit: number;
}

/** How many points a proposal is chosen from. */
const CANDIDATES = 24;
/** The share of points that are good, and how many are at most. */
const GOOD_SHARE = 0.15;
const MOST_GOOD = 25;
/** How often candidates are drawn if all of them were there before. */
const ATTEMPTS = 20;

/**
 * Proposes the next points of a search: those that good points make likely and the others do not.
 *
 * Each proposal is the best of 24 candidates, which are drawn from a density around the best 15% of
 * points, at most 25, by the quotient of that density and the one around the others.
 *
 * Source: Bergstra, Bardenet, Bengio and Kégl, "Algorithms for hyper-parameter optimization" (2011),
 * section 4, with its γ; the number of candidates and the most good points are the defaults of its
 * implementation, hyperopt (`tpe.suggest`).
 *
 * @param options.name Of the random stream.
 * @returns Allowed, and different from each other and from all that were observed; fewer if there are no
 * more.
 */
export function proposePlaces(
  { axes, identityOf, isAllowed = () => true }: Space,
  observed: readonly Observation[],
  { count, name }: { readonly count: number; readonly name: string },
): Places[] {
  const random = randomStream(name);
  // Sorting is stable: of equally good points, the earlier is better.
  const ranked = observed.toSorted((a, b) => a.merit === b.merit ? 0 : b.merit - a.merit)
    .map(({ point }) => point);
  const goodCount = Math.min(Math.ceil(GOOD_SHARE * ranked.length), MOST_GOOD);
  const good = new ParzenEstimator(ranked.slice(0, goodCount), axes);
  const rest = new ParzenEstimator(ranked.slice(goodCount), axes);
  const known = new Set(ranked.map(identityOf));

  const draw = (placeOn: (axis: string) => number): Places => {
    const point = new Map<string, number>();
    for (const { name, applies } of axes) {
      if (applies?.(point) ?? true) point.set(name, placeOn(name));
    }
    return point;
  };
  const proposals: Places[] = [];
  while (proposals.length < count) {
    let best: Places | undefined;
    for (let attempt = 0; attempt < ATTEMPTS && !best; attempt++) {
      // What good points do not lead to, the prior may.
      const isLast = attempt >= ATTEMPTS / 2;
      const candidates: { readonly point: Places; readonly quotient: number }[] = [];
      for (let candidate = 0; candidate < CANDIDATES; candidate++) {
        const point = draw(isLast ? random : good.drawer(random));
        if (known.has(identityOf(point))) continue;
        candidates.push({ point, quotient: good.densityAt(point) / rest.densityAt(point) });
      }
      // Of equal quotients, the first is taken. Few are asked whether they are allowed: that takes time.
      candidates.sort((a, b) => b.quotient - a.quotient);
      best = candidates.find(({ point }) => isAllowed(point))?.point;
    }
    if (!best) break;
    known.add(identityOf(best));
    proposals.push(best);
  }
  return proposals;
}
