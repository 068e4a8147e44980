/** A file of a store that cannot be used, or only in part. */
export interface DamagedFile {
  /** As the folder of the store was given. */
  readonly path: string;
  /** Why, in words. */
  readonly reason: string;
}
