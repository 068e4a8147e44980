/** How many lines are shown of what a program complains of, and the characters of all. */
const LINES = 5;
const CHARACTERS = 1000;
/** The most bytes of a character in UTF-8. */
const CHARACTER_BYTES = 4;

/** Keeps the end of a text that comes in pieces. */
export class LastLines {
  #kept = new Uint8Array();

  add(bytes: Uint8Array): void {
    const most = CHARACTER_BYTES * CHARACTERS;
    const joined = new Uint8Array(this.#kept.length + Math.min(bytes.length, most));
    joined.set(this.#kept);
    joined.set(bytes.subarray(-most), this.#kept.length);
    this.#kept = joined.slice(-most);
  }

  /** The last lines that are not empty, each without spaces around it. */
  text(): string {
    const lines = new TextDecoder().decode(this.#kept).split("\n").map((line) => line.trim())
      .filter((line) => line !== "");
    return lines.slice(-LINES).join("\n").slice(-CHARACTERS);
  }
}
