/** A dataset as read from its file, in memory that workers share. */
export interface Dataset {
  /** Raw values, (rows, columns), row-major; backed by a SharedArrayBuffer. */
  readonly features: Float64Array<SharedArrayBuffer>;
  /** Class of each row, an index into `classes`; backed by a SharedArrayBuffer. */
  readonly labels: Int32Array<SharedArrayBuffer>;
  readonly rows: number;
  readonly columns: number;
  /** Names of the feature columns, in the file's order. */
  readonly featureNames: readonly string[];
  /** Distinct labels: ascending as numbers if all are numbers, else by code unit. */
  readonly classes: readonly string[];
  /** SHA-256 of the file's (decompressed) bytes, in hex. */
  readonly checksum: string;
}
