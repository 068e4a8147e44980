import { predictionsCsv, predictTable } from "../api/predict.ts";
import { lookAt } from "../files/facts.ts";
import { isTaken, writeNewFile } from "../files/write_new_file.ts";
import { joinLines } from "../one_line.ts";
import type { TablePredictions } from "../predict/predict_table.ts";
import type { Invocation } from "./invocation.ts";
import { documentText } from "./json/document_text.ts";
import { print, printAside } from "./output.ts";
import { predictionLines } from "./prediction_lines.ts";

/** Predicts the rows of a table: prints CSV, or writes it to a file, and says aside what it is of. */
export async function predict(
  { operands: [model, table], options: { trainer, output, json, quiet } }: Invocation,
): Promise<number> {
  // Before the work, which can take a while.
  if (output !== undefined && lookAt(output)) throw isTaken(output);
  const predictions = await predictTable(model, table, { trainer });
  if (output !== undefined || !json) {
    const text = await predictionsCsv(predictions);
    if (output !== undefined) await writeNewFile(output, text);
    else print(text.trimEnd());
  }
  if (json) print(predictionsJson(predictions, { table, output }));
  // The document says the same.
  if (!quiet && !json) printAside(joinLines(predictionLines(predictions, { table, output })));
  return 0;
}

function predictionsJson(
  { rows, isByPlace, ...predictions }: TablePredictions,
  { table, output }: { readonly table: string; readonly output?: string },
): string {
  const { models, task, target, classes, score, unknown, ignored, isTrainingTable } = predictions;
  return documentText("predict", {
    ...{ models, file: table, task, target, classes, rows: rows.length },
    ...output === undefined ? { predictions: rows } : { output },
    ...score && { score },
    ...{ unknown, ignored, matched: isByPlace ? "places" : "names", isTrainingTable },
  });
}
