/** Something to draw, or where an arrow passes a floor on its way to a room below. */
export interface Place {
  /** The room, or the room to which the arrow goes. */
  readonly room: string;
  readonly isPassage: boolean;
}

/** An arrow's part from one floor to the next: places by their numbers on their floors. */
export interface Part {
  /** The floor that it leaves, counted from the top. */
  readonly floor: number;
  readonly from: number;
  readonly to: number;
}

/** Where rooms are, and the arrows between them. */
export interface Layers {
  /** Places from left to right, on floors from the top down. */
  readonly floors: readonly (readonly Place[])[];
  readonly parts: readonly Part[];
}

/** An import of one room by another. */
export type Arrow = readonly [from: string, to: string];

/** The arrows that no way through other rooms implies. */
export function directArrows(arrows: readonly Arrow[]): Arrow[] {
  const below = Map.groupBy(arrows, ([from]) => from);
  const reaches = (from: string, to: string): boolean =>
    (below.get(from) ?? []).some(([, next]) => next === to || reaches(next, to));
  return arrows.filter(([from, to]) =>
    !(below.get(from) ?? []).some(([, next]) => next !== to && reaches(next, to))
  );
}

/**
 * Places rooms on their floors so that few arrows cross; arrows to one room share their passages.
 *
 * @param floors Rooms on floors from the top down.
 * @param arrows Each leads to a floor further down.
 */
export function placeRooms(
  floors: readonly (readonly string[])[],
  arrows: readonly Arrow[],
): Layers {
  const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room));
  const places: Place[][] = floors.map((rooms) =>
    rooms.map((room) => ({ room, isPassage: false }))
  );
  const pairs = new Map<string, readonly [floor: number, from: Place, to: Place]>();
  const placeOn = (floor: number, room: string): Place => {
    const known = places[floor].find((place) => place.room === room);
    if (known) return known;
    const passage = { room, isPassage: true };
    places[floor].push(passage);
    return passage;
  };
  for (const [from, to] of arrows) {
    for (let floor = floorOf(from); floor < floorOf(to); floor++) {
      const above = floor === floorOf(from) ? from : to;
      const ends = [placeOn(floor, above), placeOn(floor + 1, to)] as const;
      pairs.set(`${floor} ${above} ${to}`, [floor, ...ends]);
    }
  }
  const edges = [...pairs.values()];
  const partsOf = (order: readonly (readonly Place[])[]): Part[] =>
    edges.map(([floor, from, to]) => ({
      floor,
      from: order[floor].indexOf(from),
      to: order[floor + 1].indexOf(to),
    }));
  let best = { order: places, cost: cost(partsOf(places), places) };
  let order = places;
  for (let round = 0; round < 40; round++) {
    order = order.map((row) => [...row]);
    const down = round % 2 === 0;
    for (const floor of down ? order.keys() : [...order.keys()].reverse()) {
      const weights = new Map(order[floor].map((place, index) => {
        const near = edges.flatMap(([at, from, to]) =>
          down
            ? at + 1 === floor && to === place ? [positionOf(order[at], from)] : []
            : at === floor && from === place
            ? [positionOf(order[at + 1], to)]
            : []
        );
        const own = centred(index, order[floor].length);
        return [place, near.length > 0 ? near.reduce((a, b) => a + b) / near.length : own];
      }));
      order[floor].sort((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0));
    }
    const now = cost(partsOf(order), order);
    if (now < best.cost) best = { order, cost: now };
  }
  return { floors: best.order, parts: partsOf(best.order) };
}

function positionOf(row: readonly Place[], place: Place): number {
  return centred(row.indexOf(place), row.length);
}

/** A place's distance from the middle of its floor, in places. */
export function centred(index: number, count: number): number {
  return index - (count - 1) / 2;
}

/** Crossings, and then how far arrows go sideways. */
function cost(parts: readonly Part[], rows: readonly (readonly Place[])[]): number {
  let crossings = 0;
  let sideways = 0;
  for (const [index, a] of parts.entries()) {
    const [start, end] = [
      centred(a.from, rows[a.floor].length),
      centred(a.to, rows[a.floor + 1].length),
    ];
    sideways += Math.abs(start - end);
    for (const b of parts.slice(index + 1)) {
      if (a.floor === b.floor && (a.from - b.from) * (a.to - b.to) < 0) crossings++;
    }
  }
  return crossings * 100 + sideways;
}
