import { listWords } from "../../list_words.ts";
import { nearest } from "../../nearest.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import type { Problem } from "../../user_error.ts";
import { preparationRow } from "./preparation_rows.ts";

/** The message and hint for a hyperparameter that is unknown where it is used. */
export function unknownHyperparameter(
  key: string,
  known: readonly string[],
  { all }: Trainers,
): Pick<Problem, "message" | "hint"> {
  const message = `Unknown hyperparameter ${JSON.stringify(key)}`;
  const trainers = all.filter(({ hyperparameters }) =>
    hyperparameters.some((row) => row.key === key)
  ).map(({ name }) => name);
  if (trainers.length > 0) {
    return { message: `${message}: only trainer ${listWords(trainers)} has it` };
  }
  if (preparationRow(key)) return { message, hint: "it belongs under dataset, or in the grid" };
  const suggestion = nearest(key, known);
  return { message, hint: suggestion && `did you mean "${suggestion}"?` };
}
