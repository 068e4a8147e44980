import { assertEquals } from "@std/assert";
import { parseWritten } from "../../src/experiment/parse_experiment.ts";
import { settleExperiment } from "../../src/experiment/settle_experiment.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { rejects, START } from "./_rejects.ts";

const CLASSES = { task: "classification", classes: ["a", "b"] } as const;
const SPARSITY = "{ key: sparsity, better: larger, label: share of zeros, decimals: 3 }";

function settled(text: string) {
  return settleExperiment(parseWritten(`${START}${text}`, "e.yaml"), CLASSES);
}

Deno.test("an experiment can compare its cells by a measure that the table does not have", () => {
  const { metric, equivalence } = settled(`metric: ${SPARSITY}\n`);
  const described = { key: "sparsity", better: "larger", label: "share of zeros", decimals: 3 };
  assertEquals([metric, equivalence], [described, undefined]);
  assertEquals(settled(`metric: ${SPARSITY}\nequivalence: 0.1\n`).equivalence, 0.1);
});

Deno.test("a metric of the table can be written as a mapping, and is the same metric", () => {
  const { metric, equivalence } = settled("metric: { key: validation_loss, better: smaller }\n");
  assertEquals([metric, equivalence], ["validation_loss", 0.005]);
});

Deno.test("textToKeep() keeps a metric of one's own as it was written", () => {
  const kept = textToKeep(settled(`metric: ${SPARSITY} # zeros\n`), "out");
  assertEquals(kept.includes(`metric: ${SPARSITY} # zeros\n`), true);
});

rejects(
  "wrong descriptions of a metric",
  `${START}metric: { key: Seconds, better: less, unit: 5, decimals: 1.5, labl: time }\n`,
  `e.yaml:3:16: Cannot use key Seconds: key must be a name in snake_case, of at most 64 characters
  3 | metric: { key: Seconds, better: less, unit: 5, decimals: 1.5, labl: time }
    |                ^^^^^^^
e.yaml:3:33: Cannot use better less: better must be larger or smaller
  3 | metric: { key: Seconds, better: less, unit: 5, decimals: 1.5, labl: time }
    |                                 ^^^^
e.yaml:3:45: Cannot use unit 5: unit must be text of 1 to 100 characters
  3 | metric: { key: Seconds, better: less, unit: 5, decimals: 1.5, labl: time }
    |                                             ^ write "5"
e.yaml:3:58: Cannot use decimals 1.5: decimals must be an integer in [0, 10]
  3 | metric: { key: Seconds, better: less, unit: 5, decimals: 1.5, labl: time }
    |                                                          ^^^
e.yaml:3:63: Unknown key "labl"
  3 | metric: { key: Seconds, better: less, unit: 5, decimals: 1.5, labl: time }
    |                                                               ^^^^ did you mean "label"?`,
);

rejects(
  "a metric without what is better",
  `${START}metric: { key: seconds }\n`,
  `e.yaml:3:9: Missing key "better"
  3 | metric: { key: seconds }
    |         ^^^^^^^^^^^^^^^^`,
);

rejects(
  "what contradicts the table of measures",
  `${START}metric: { key: validation_loss, better: larger, unit: nats }\n`,
  `e.yaml:3:41: Cannot use better larger: better must be smaller for validation_loss
  3 | metric: { key: validation_loss, better: larger, unit: nats }
    |                                         ^^^^^^
e.yaml:3:55: Cannot use unit nats: unit is for measures of your own, and validation_loss is none
  3 | metric: { key: validation_loss, better: larger, unit: nats }
    |                                                       ^^^^`,
);

rejects(
  "a metric with the name of a hyperparameter",
  `${START}metric: { key: dropout, better: smaller }\n`,
  `e.yaml:3:16: Cannot use key dropout: it is a hyperparameter of mlp
  3 | metric: { key: dropout, better: smaller }
    |                ^^^^^^^`,
);

rejects(
  "a metric with the name of another column",
  `${START}metric: { key: steps, better: smaller }\n`,
  `e.yaml:3:16: Cannot use key steps: result files have another column of this name
  3 | metric: { key: steps, better: smaller }
    |                ^^^^^`,
);
