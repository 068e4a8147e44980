import { UserError } from "../../user_error.ts";

const AS_CSV = "save it as CSV";
const AS_PARQUET = "save it as CSV or Parquet";
const UNPACKED = "unpack it first";
const TO_FRAME = "load it and save its table as CSV";

interface Format {
  readonly what: string;
  readonly wayOut: string;
}

/** Files of bytes by how they begin and, where that is not enough, what comes soon after. */
const BINARY: readonly (Format & { readonly starts: string[]; readonly has?: string })[] = [
  { starts: ["PK\x03\x04"], has: "xl/", what: "an Excel workbook", wayOut: AS_CSV },
  { starts: ["PK\x03\x04"], has: "opendocument", what: "a LibreOffice file", wayOut: AS_CSV },
  { starts: ["PK\x03\x04"], has: ".npy", what: "an archive of NumPy arrays", wayOut: TO_FRAME },
  { starts: ["PK\x03\x04", "PK\x05\x06"], what: "a zip archive", wayOut: UNPACKED },
  { starts: ["\xd0\xcf\x11\xe0"], what: "an old Excel or other Office file", wayOut: AS_CSV },
  { starts: ["\x1f\x8b"], what: "gzipped", wayOut: "its name must end with .gz" },
  { starts: ["BZh"], has: "1AY&SY", what: "compressed by bzip2", wayOut: UNPACKED },
  { starts: ["\xfd7zXZ\0"], what: "compressed by xz", wayOut: UNPACKED },
  { starts: ["\x28\xb5\x2f\xfd"], what: "compressed by Zstandard", wayOut: UNPACKED },
  { starts: ["7z\xbc\xaf"], what: "a 7z archive", wayOut: UNPACKED },
  { starts: [""], has: "\0ustar", what: "a tar archive", wayOut: UNPACKED },
  { starts: ["\x93NUMPY"], what: "a NumPy array", wayOut: TO_FRAME },
  { starts: ["\x80\x03", "\x80\x04\x95", "\x80\x05\x95"], what: "a pickle", wayOut: TO_FRAME },
  { starts: ["\x89HDF\r\n"], what: "an HDF5 file", wayOut: TO_FRAME },
  { starts: ["MATLAB 5.0 MAT-file"], what: "a MATLAB file", wayOut: TO_FRAME },
  { starts: ["PARE"], has: "\0", what: "encrypted Parquet", wayOut: "decrypt it first" },
  { starts: ["ARROW1", "FEA1"], has: "\0", what: "an Arrow file", wayOut: AS_PARQUET },
  { starts: ["ORC", "Obj\x01"], has: "\0", what: "an ORC or Avro file", wayOut: AS_PARQUET },
  { starts: ["RDX2\n", "RDX3\n", "RDA3\n", "X\n\0\0\0"], what: "a file of R", wayOut: AS_CSV },
  { starts: ["<stata_dta>", "$FL2", "$FL3"], what: "a file of Stata or SPSS", wayOut: AS_CSV },
  { starts: ["SQLite format 3"], what: "an SQLite database", wayOut: "save a table of it as CSV" },
  { starts: ["%PDF-"], what: "a PDF", wayOut: "take the table from where the PDF was made" },
  {
    starts: ["\x89PNG", "\xff\xd8\xff", "GIF8"],
    what: "a picture",
    wayOut: "regsweep takes a table with a column per pixel",
  },
  {
    starts: ["version https://git-lfs"],
    what: "a pointer of Git LFS, not the file",
    wayOut: "run git lfs pull",
  },
];

/** Files of text by a pattern of their start. */
const TEXT: readonly (Format & { readonly pattern: RegExp })[] = [
  {
    pattern: /^(?:[ \t]*(?:%[^\n]*)?\r?\n)*[ \t]*@relation\s/i,
    what: "an ARFF file",
    wayOut: AS_CSV,
  },
  { pattern: /^\s*<(\?xml|!doctype|html|table|svg)/i, what: "HTML or XML", wayOut: AS_CSV },
  { pattern: /^\s*(\{\s*["}]|\[\s*[{["\d\]-])/, what: "JSON", wayOut: AS_CSV },
  {
    pattern: /^[+-]?[\d.]+( +\d+:[-+\d.e]+){2,} *[\r\n]/i,
    what: "in the format of LIBSVM",
    wayOut: "save it as CSV, with a column per feature",
  },
];
/** In bytes: where formats show themselves. */
const START = 4096;

/**
 * Refuses a file that is no table of text, if it can be known by its start.
 *
 * @throws {UserError} If it is of another format, with its name and what to do.
 */
export function refuseOtherFormat(bytes: Uint8Array, file: string): void {
  const start = binary(bytes.subarray(0, START));
  const found =
    BINARY.find(({ starts, has = "" }) =>
      starts.some((prefix) => start.startsWith(prefix)) && start.includes(has)
    ) ?? TEXT.find(({ pattern }) => pattern.test(start));
  if (!found) return;
  throw new UserError(`Cannot read ${file}: it is ${found.what}; ${found.wayOut}`);
}

/** Bytes as characters of the same numbers; a mark of UTF-8 is left out. */
function binary(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes).replace(/^\xef\xbb\xbf/, "");
}
