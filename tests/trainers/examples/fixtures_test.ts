import { assert, assertEquals } from "@std/assert";
import decisionTree from "../../../experiments/trainers/decision_tree.ts";
import elasticNet from "../../../experiments/trainers/elastic_net.ts";
import logisticRegression from "../../../experiments/trainers/logistic_regression.ts";
import nearestNeighbours from "../../../experiments/trainers/nearest_neighbours.ts";
import ridge from "../../../experiments/trainers/ridge.ts";
import fixtures from "../../fixtures/examples/predictions.json" with { type: "json" };
import { type Example, runExample, tableData } from "./_run_example.ts";

/** By the names that the fixtures have for them. */
const EXAMPLES: Readonly<Record<string, Example>> = {
  decision_tree: decisionTree,
  elastic_net: elasticNet,
  logistic_regression: logisticRegression,
  nearest_neighbours: nearestNeighbours,
  ridge,
};

/** The number of rows for validation that the fixtures have. */
const MOST_ROWS = 30;

for (const { trainer, table, standardize, config, predictions } of fixtures.cases) {
  const settings = Object.entries(config).map((entry) => entry.join("=")).join(" ");
  Deno.test(`${trainer}.ts predicts ${table} as scikit-learn or SciPy do: ${settings}`, async () => {
    const data = await tableData(table, standardize as "feature" | "none", MOST_ROWS);
    const { curve } = await runExample(EXAMPLES[trainer], data, config);
    const last = curve[curve.length - 1].predictions;
    assertEquals(last.length, predictions.length);
    predictions.forEach((expected, at) => {
      // The fixtures have twelve digits.
      const error = Math.abs(last[at] - expected) / Math.max(1, Math.abs(expected));
      assert(error < 1e-11, `${last[at]} is not ${expected}`);
    });
  });
}
