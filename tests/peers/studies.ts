/** A form of the study of docs/cocktails.md. */
export interface Study {
  /** The two files in experiments/cocktails/, which are called cocktails- and this. */
  readonly single: string;
  readonly cocktail: string;
  /** Of gradient boosting: as many as the cocktails are. */
  readonly points: number;
  /** How many runs of each table are computed again to verify them. */
  readonly verified: number;
}

export const STUDIES: ReadonlyMap<string, Study> = new Map([
  ["whole", { single: "single", cocktail: "cocktail", points: 64, verified: 4 }],
  ["reduced", {
    single: "single-reduced",
    cocktail: "cocktail-reduced",
    points: 32,
    verified: 2,
  }],
]);
