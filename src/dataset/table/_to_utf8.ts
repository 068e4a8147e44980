import { isUtf8 } from "node:buffer";
import { type Place, UserError } from "../../user_error.ts";
import type { Encoding } from "./reading.ts";

const PIECE_BYTES = 2 ** 20;
const SAMPLE_BYTES = 2 ** 16;
/** The scanner's offsets have 32 bits. */
const MOST_BYTES = 2 ** 32;
/** In UTF-16, digits, separators and line ends have a byte of 0: far more than so many in 100. */
const LEAST_ZEROS = 0.3;
/** If more than one in so many characters beyond ASCII is valid UTF-8, that is no accident. */
const ACCIDENTS = 10;

type Bytes = Uint8Array<ArrayBuffer>;

/** The encodings of files with a byte-order mark. */
const MARKS: readonly (readonly [mark: readonly number[], label: string, encoding?: Encoding])[] = [
  [[0xff, 0xfe, 0, 0], "utf-32"],
  [[0, 0, 0xfe, 0xff], "utf-32"],
  [[0xef, 0xbb, 0xbf], "utf-8", "utf-8"],
  [[0xff, 0xfe], "utf-16le", "utf-16"],
  [[0xfe, 0xff], "utf-16be", "utf-16"],
];

/**
 * A text's bytes as UTF-8, and the encoding that they had: the written one, or the one detected from
 * them. Bytes that are UTF-8 already are not copied.
 *
 * @param place Where the encoding is written.
 * @throws {UserError} If the file is no text in the encoding, or could be in either of two.
 */
export function toUtf8(
  bytes: Bytes,
  file: string,
  written?: Encoding,
  place?: Place,
): { bytes: Bytes; encoding: Encoding } {
  const mark = MARKS.find(([mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (mark && !mark[2]) {
    throw new UserError({
      message: "Cannot read UTF-32: save it as UTF-8",
      place: { file, line: 1 },
    });
  }
  if (mark?.[2] && written && mark[2] !== written) {
    const found = `${file} starts with the byte-order mark of ${mark[2].toUpperCase()}`;
    throw new UserError({ message: `Cannot use encoding ${written}: ${found}`, place });
  }
  const encoding = written ?? mark?.[2] ?? tellEncoding(bytes, file);
  switch (encoding) {
    case "utf-8":
      return { bytes, encoding };
    case "latin-1":
      return { bytes: transcoded(bytes, "windows-1252", file), encoding };
    case "utf-16":
      return { bytes: transcoded(bytes, mark?.[1] ?? `utf-16${byteOrder(bytes)}`, file), encoding };
  }
}

function tellEncoding(bytes: Bytes, file: string): Encoding {
  const [even, odd] = zeros(bytes);
  const pairs = Math.min(bytes.length, SAMPLE_BYTES) / 2;
  if (Math.max(even, odd) > LEAST_ZEROS * pairs && Math.min(even, odd) < pairs / 100) {
    return "utf-16";
  }
  if (even + odd > 0) {
    const message = "Cannot use a byte of 0: this is no text, or not all of it";
    throw new UserError({ message, place: { file, line: lineOf(bytes, bytes.indexOf(0)) } });
  }
  if (isUtf8(bytes)) return "utf-8";
  const { valid, invalid, firstInvalid } = countSequences(bytes);
  if (valid * ACCIDENTS < invalid) return "latin-1";
  const found = `${valid} characters are UTF-8, ${invalid} bytes are not`;
  throw new UserError({
    message: `Cannot tell the encoding: ${found}; write encoding: latin-1 or encoding: utf-8`,
    place: { file, line: lineOf(bytes, firstInvalid) },
  });
}

/** How many bytes are 0 at even places and at odd ones, near the start. */
function zeros(bytes: Bytes): [even: number, odd: number] {
  const counts: [number, number] = [0, 0];
  const end = Math.min(bytes.length, SAMPLE_BYTES);
  if (!bytes.subarray(0, end).includes(0)) return counts;
  for (let at = 0; at < end; at++) if (bytes[at] === 0) counts[at % 2]++;
  return counts;
}

function byteOrder(bytes: Bytes): "le" | "be" {
  const [even, odd] = zeros(bytes);
  return even > odd ? "be" : "le";
}

/** Counts characters beyond ASCII that are valid UTF-8, and bytes that are in none. */
function countSequences(bytes: Bytes): { valid: number; invalid: number; firstInvalid: number } {
  let [valid, invalid, firstInvalid] = [0, 0, -1];
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] < 0x80) continue;
    const length = bytes[at] >= 0xf0 ? 4 : bytes[at] >= 0xe0 ? 3 : 2;
    if (bytes[at] >= 0xc2 && isUtf8(bytes.subarray(at, at + length))) {
      valid++;
      at += length - 1;
    } else {
      if (invalid++ === 0) firstInvalid = at;
    }
  }
  return { valid, invalid, firstInvalid };
}

function lineOf(bytes: Bytes, end: number): number {
  let line = 1;
  for (let at = 0; at < end; at++) if (bytes[at] === 0x0a) line++;
  return line;
}

/** Decodes bytes and encodes them as UTF-8, piece by piece: a string of it all could be too long. */
function transcoded(bytes: Bytes, label: string, file: string): Bytes {
  const decoder = new TextDecoder(label, { fatal: true });
  const encoder = new TextEncoder();
  const longest = mostBytes(bytes, label);
  if (longest >= MOST_BYTES) throw new UserError(`Cannot read ${file}: it is larger than 4 GiB`);
  // The system gives memory for the part that is written.
  const out = new Uint8Array(longest);
  let length = 0;
  try {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: true });
      length += encoder.encodeInto(piece, out.subarray(length)).written;
    }
    decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UserError({ message: "Cannot read this as UTF-16", place: { file, line: 1 } });
  }
  return out.subarray(0, length);
}

/** An upper bound of the bytes of a text as UTF-8. */
function mostBytes(bytes: Bytes, label: string): number {
  if (label !== "windows-1252") return Math.ceil(bytes.length / 2) * 3;
  let beyondAscii = 0;
  for (const byte of bytes) if (byte >= 0x80) beyondAscii++;
  return bytes.length + 2 * beyondAscii;
}
