const KEY_BYTES = 32;
const KEYS_AT_A_TIME = 4096;
/** For each key, the hash table has at least this many slots, so that few need to be searched. */
const ROOM = 2;

/** Keys of many runs in typed arrays: 32 bytes each, where a text takes 80. */
export class KeyTable {
  readonly #pieces: Uint8Array[] = [];
  #count = 0;

  /**
   * Adds a key, in hex; returns its place.
   *
   * @throws {SyntaxError | RangeError} If it is not a SHA-256.
   */
  add(key: string): number {
    const place = this.#count++;
    const piece = this.#pieces[Math.floor(place / KEYS_AT_A_TIME)] ??= new Uint8Array(
      KEYS_AT_A_TIME * KEY_BYTES,
    );
    const start = (place % KEYS_AT_A_TIME) * KEY_BYTES;
    const { read, written } = piece.subarray(start, start + KEY_BYTES).setFromHex(key);
    if (written === KEY_BYTES && read === key.length) return place;
    throw new RangeError(`A key must be a SHA-256 in hex: ${key}`);
  }

  keyAt(place: number): string {
    const piece = this.#pieces[Math.floor(place / KEYS_AT_A_TIME)];
    const start = (place % KEYS_AT_A_TIME) * KEY_BYTES;
    return piece.subarray(start, start + KEY_BYTES).toHex();
  }
}

/** Finds keys in a list; takes 8 to 16 bytes a key beside the list. */
export class KeyPlaces {
  readonly #keyAt: (place: number) => string;
  /**
   * A hash table: the place of a key, counted from 1, is in the slot that the key's first bytes give, or
   * in the next free one after it.
   */
  readonly #slots: Uint32Array;
  /** How many different keys there are. */
  readonly size: number;

  /** @param keyAt The keys of the list, by their places from 0. */
  constructor(count: number, keyAt: (place: number) => string) {
    this.#keyAt = keyAt;
    let slots = 1024;
    while (slots < ROOM * count) slots *= 2;
    this.#slots = new Uint32Array(slots);
    let size = 0;
    for (let place = 0; place < count; place++) {
      const slot = this.#slotOf(keyAt(place));
      if (this.#slots[slot] > 0) continue;
      this.#slots[slot] = place + 1;
      size++;
    }
    this.size = size;
  }

  has(key: string): boolean {
    return this.placeOf(key) !== undefined;
  }

  /** The first place of a key; undefined if the list does not have it. */
  placeOf(key: string): number | undefined {
    const place = this.#slots[this.#slotOf(key)];
    return place > 0 ? place - 1 : undefined;
  }

  /** The slot that has a key, or the free one in which it would be. */
  #slotOf(key: string): number {
    const mask = this.#slots.length - 1;
    // A key is a SHA-256, so its first bytes serve as its hash.
    let slot = parseInt(key.slice(0, 8), 16) & mask;
    while (this.#slots[slot] > 0 && this.#keyAt(this.#slots[slot] - 1) !== key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
