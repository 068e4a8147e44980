import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { TrainerName } from "../../trainers/trainer.ts";
import { ABSENT, type Columns, type Ids, type Matcher } from "./columns.ts";

const FREE = -1;

/**
 * A grid's combinations without duplicates, as numbers: a million of them take tens of megabytes.
 *
 * Combinations with the same trainer and config are duplicates. A hash table of typed arrays finds
 * them: a `Map` with a key string for each would take many times as much memory.
 */
export class Combinations {
  length = 0;
  #ids: Ids;
  #blocks: Uint32Array<ArrayBuffer>;
  /** Combinations by a hash of their identities: open addressing, at most half full. */
  #slots: Int32Array<ArrayBuffer>;
  readonly #width: number;
  /** The identities of the combination to look up. */
  readonly #wanted: Float64Array<ArrayBuffer>;
  readonly #wantedBits: Uint32Array<ArrayBuffer>;

  /** @param expected An estimate of their number. */
  constructor(readonly columns: Columns, expected: number) {
    const capacity = Math.max(expected, 64);
    this.#width = columns.list.length;
    this.#wanted = new Float64Array(this.#width);
    this.#wantedBits = new Uint32Array(this.#wanted.buffer);
    this.#ids = new Uint32Array(capacity * this.#width);
    this.#blocks = new Uint32Array(capacity);
    let slots = 128;
    while (slots < 2 * capacity) slots *= 2;
    this.#slots = new Int32Array(slots).fill(FREE);
  }

  /** Adds a block's combination unless it exists; returns whether it was new. */
  add(ids: Ids, block: number): boolean {
    if (2 * (this.length + 1) > this.#slots.length) this.#rehash();
    this.#want(ids, 0);
    const slot = this.#findSlot();
    if (this.#slots[slot] !== FREE) return false;
    if (this.length === this.#blocks.length) {
      this.#ids = doubled(this.#ids);
      this.#blocks = doubled(this.#blocks);
    }
    this.#slots[slot] = this.length;
    this.#ids.set(ids, this.length * this.#width);
    this.#blocks[this.length] = block;
    this.length++;
    return true;
  }

  /** The block that a combination comes from, by its place among the blocks. */
  blockOf(index: number): number {
    return this.#blocks[index];
  }

  /** The number of a combination's value. */
  idAt(index: number, column: number): number {
    return this.#ids[index * this.#width + column];
  }

  trainerOf(index: number): TrainerName {
    return this.columns.trainerOf(this.#ids, index * this.#width);
  }

  /** A combination's value of a key; undefined if its trainer has no such key. */
  valueAt(index: number, key: string): HyperparameterValue | undefined {
    const column = this.columns.indexOf(key);
    const id = column < 0 ? ABSENT : this.idAt(index, column);
    if (key === "trainer") return this.trainerOf(index);
    if (id !== ABSENT) return this.columns.list[column].values[id];
    return this.columns.base(this.trainerOf(index), key);
  }

  /** A number that equal combinations share in a column. */
  identityAt(index: number, column: number): number {
    return this.columns.identityAt(this.#ids, index * this.#width, column);
  }

  matches(index: number, matcher: Matcher): boolean {
    return matcher(this.#ids, index * this.#width);
  }

  /** The indexes of the combinations that match. */
  *matching(matcher: Matcher): Generator<number> {
    for (let index = 0; index < this.length; index++) {
      if (this.matches(index, matcher)) yield index;
    }
  }

  /** The index of the combination with these identities; -1 if there is none. */
  indexOf(identities: readonly number[]): number {
    this.#wanted.set(identities);
    return this.#slots[this.#findSlot()];
  }

  /** Keeps only the combinations for which this is true, and closes the gaps. */
  keep(isKept: (index: number) => boolean): void {
    const width = this.#width;
    let kept = 0;
    for (let index = 0; index < this.length; index++) {
      if (!isKept(index)) continue;
      this.#ids.copyWithin(kept * width, index * width, (index + 1) * width);
      this.#blocks[kept] = this.#blocks[index];
      kept++;
    }
    this.length = kept;
    this.#fill();
  }

  #rehash(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    this.#fill();
  }

  #fill(): void {
    this.#slots.fill(FREE);
    for (let index = 0; index < this.length; index++) {
      this.#want(this.#ids, index * this.#width);
      this.#slots[this.#findSlot()] = index;
    }
  }

  #want(ids: Ids, start: number): void {
    for (let column = 0; column < this.#width; column++) {
      this.#wanted[column] = this.columns.identityAt(ids, start, column);
    }
  }

  /** The slot of the wanted combination, or the free slot where it belongs. */
  #findSlot(): number {
    const mask = this.#slots.length - 1;
    let slot = hash(this.#wantedBits) & mask;
    while (this.#slots[slot] !== FREE && !this.#isWanted(this.#slots[slot])) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #isWanted(index: number): boolean {
    for (let column = 0; column < this.#width; column++) {
      if (this.identityAt(index, column) !== this.#wanted[column]) return false;
    }
    return true;
  }
}

/** Source: Fowler, Noll and Vo's hash FNV-1a, and the finalizer of Appleby's MurmurHash3. */
function hash(words: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < words.length; index++) {
    hash = Math.imul(hash ^ words[index], 0x01000193);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function doubled(array: Ids): Ids {
  const larger = new Uint32Array(2 * array.length);
  larger.set(array);
  return larger;
}
