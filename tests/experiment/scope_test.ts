import { assertEquals } from "@std/assert";
import { parseWritten } from "../../src/experiment/parse_experiment.ts";
import { settleExperiment } from "../../src/experiment/settle_experiment.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { rejects, START } from "./_rejects.ts";

const CLASSES = { task: "classification", classes: ["a", "b"] } as const;

function settled(text: string) {
  return settleExperiment(parseWritten(`${START}${text}`, "e.yaml"), CLASSES);
}

Deno.test("an experiment's intervals claim what holds on new data unless it says otherwise", () => {
  assertEquals(settled("").scope, "new_data");
  assertEquals(settled("scope: new_data\n").scope, "new_data");
  const narrow = settled("scope: this_data\n");
  assertEquals(narrow.scope, "this_data");
  assertEquals(textToKeep(narrow, "out").includes("scope: this_data\n"), true);
});

rejects(
  "a scope that there is not",
  `${START}scope: these_rows\n`,
  "e.yaml:3:8: Cannot use scope these_rows: scope must be new_data or this_data\n" +
    "  3 | scope: these_rows\n" +
    "    |        ^^^^^^^^^^",
);
