import type { Dataset } from "../../dataset/dataset.ts";
import type { WriteRow } from "../../dataset/preparation.ts";
import type { Config } from "../hyperparameter.ts";
import type { Parameter } from "../trainer.ts";
import type { ModuleRealm } from "./_module_realm.ts";

/**
 * Predicts rows with a finished model by a module's `predict()`.
 *
 * @returns Class probabilities (rows, classes), or quantities (rows).
 */
export async function predictInRealm(
  realm: ModuleRealm,
  { config, limitSeconds, parameters }: {
    readonly config: Config;
    readonly limitSeconds?: number;
    readonly parameters: readonly Parameter[];
  },
  { columns, featureNames, classes }: Pick<Dataset, "columns" | "featureNames" | "classes">,
  { numbers, writeRow }: { readonly numbers: Int32Array; readonly writeRow: WriteRow },
): Promise<Float64Array> {
  const x = new Float64Array(numbers.length * columns);
  numbers.forEach((row, at) => writeRow(row, x, at * columns, 1));
  realm.send({
    kind: "model",
    config,
    limitSeconds,
    parameters: parameters.map(({ name, shape, values }) => ({ name, shape, values })),
    data: { features: columns, featureNames, classes },
    test: { x, rows: numbers.length },
  }, [x.buffer]);
  for (;;) {
    const reply = await realm.next();
    // It was shown when the run was trained.
    if (reply.kind === "message") continue;
    if (reply.kind === "predicted") return reply.testScores;
    throw new TypeError(`A module that predicts has sent ${reply.kind}`);
  }
}
