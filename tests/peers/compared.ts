/** Experiments that are compared with scikit-learn: those with tables of numbers, words and gaps. */
export const COMPARED = [
  "iris",
  "wine",
  "breast-cancer",
  "titanic",
  "penguins",
  "diabetes",
  "thyroid",
] as const;
