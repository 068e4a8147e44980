import type { Extent, PackEntries } from "./_pack_file.ts";

/** Where a record is: in which pack, and where in it. */
export interface Place extends Extent {
  /** The pack's file name. */
  readonly pack: string;
}

/** The table has at least this many slots per entry, so that few need to be searched. */
const ROOM = 2;
const LEAST_SLOTS = 1024;
/** SHA-256 keys are spread evenly; only made-up keys can lie further away, and are not found. */
const LONGEST_WAY = 1000;
const KEY = /^[0-9a-f]{64}$/;

/** Where the records of all packs are, by key: about 60 bytes a record. */
export class PackIndex {
  /** Packs by name, each with the number of its first entry. */
  #packs: { readonly name: string; readonly entries: PackEntries; readonly first: number }[] = [];
  /**
   * A hash table: the number of an entry, counted from 1, is in the slot that its key's first bytes give,
   * or in the next free one after it.
   */
  #slots = new Uint32Array(LEAST_SLOTS);

  /** @param packs By name. */
  constructor(packs: ReadonlyMap<string, PackEntries> = new Map()) {
    let first = 0;
    for (const name of [...packs.keys()].sort()) {
      const entries = packs.get(name);
      if (!entries) continue;
      this.#packs.push({ name, entries, first });
      first += entries.count;
    }
    let slots = LEAST_SLOTS;
    while (slots < ROOM * first) slots *= 2;
    this.#slots = new Uint32Array(slots);
    for (const { entries, first } of this.#packs) {
      for (let entry = 0; entry < entries.count; entry++) {
        const start = entries.startAt(entry);
        for (let way = 0; way < LONGEST_WAY; way++) {
          const slot = (start + way) & (slots - 1);
          if (this.#slots[slot] > 0) continue;
          this.#slots[slot] = first + entry + 1;
          break;
        }
      }
    }
  }

  has(key: string): boolean {
    return !this.#find(key).next().done;
  }

  /** Where the records of a key are, in the order of the packs' names. */
  placesOf(key: string): Place[] {
    const places = [...this.#find(key)];
    return places.length < 2 ? places : places.sort((a, b) => a.pack < b.pack ? -1 : 1);
  }

  /** The keys of all records, pack by pack, in the order of their entries. */
  *keys(): Generator<string> {
    for (const { entries } of this.#packs) {
      for (let entry = 0; entry < entries.count; entry++) yield entries.keyAt(entry);
    }
  }

  *#find(key: string): Generator<Place> {
    if (!KEY.test(key)) return;
    const mask = this.#slots.length - 1;
    const bytes = Uint8Array.fromHex(key.slice(0, 8));
    const start = new DataView(bytes.buffer).getUint32(0, true);
    for (let way = 0; way < LONGEST_WAY; way++) {
      const slot = (start + way) & mask;
      if (this.#slots[slot] === 0) return;
      const number = this.#slots[slot] - 1;
      const { name, entries, first } = this.#packOf(number);
      if (entries.keyAt(number - first) !== key) continue;
      yield { pack: name, ...entries.extentAt(number - first) };
    }
  }

  /** The pack that has the entry with a number. */
  #packOf(number: number) {
    let [low, high] = [0, this.#packs.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#packs[middle].first <= number) low = middle;
      else high = middle - 1;
    }
    return this.#packs[low];
  }
}
