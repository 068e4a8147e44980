import { assertEquals } from "@std/assert";
import { parse } from "yaml";
import { cellYaml } from "../../../src/report/sections/cell_yaml.ts";
import type { HyperparameterValue } from "../../../src/trainers/hyperparameter.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";

type Values = Readonly<Record<string, HyperparameterValue>>;

const { manifest: SAMPLE } = sampleInput(SAMPLES.l1VsL2);

/** The YAML of a cell with these values, in a sweep whose cells share others. */
function yamlOf(values: Values, fixed: Values = {}, own?: typeof SAMPLE.own): string {
  const cells = [{ name: "a", technique: "", values }];
  return cellYaml("a", { experiment: { ...SAMPLE.experiment, cells, fixed }, own });
}

Deno.test("cellYaml() has what cells share and what is the cell's own, under fixed", () => {
  assertEquals(
    yamlOf({ l1_penalty: 0.001, hidden: [64, 32] }, { steps: 800 }),
    "fixed:\n  steps: 800\n  l1_penalty: 0.001\n  hidden: [64, 32]",
  );
});

Deno.test("cellYaml() reads back as the same values", () => {
  const values = {
    ...{ learning_rate: 1e-7, steps: 1e21, dropout: 0.25, nesterov: true, activation: "relu" },
    ...{ init: "no", odd: "a: b # c", number: "010", none: "none", list: ["a", "on", "2"] },
  };
  assertEquals(parse(yamlOf(values)), { fixed: values });
});

Deno.test("cellYaml() puts trainer and preparation where an experiment has them", () => {
  const values = { trainer: "mlp", standardize: "robust", impute: "", dropout: 0.5, alpha: "" };
  assertEquals(
    yamlOf(values),
    "trainer: mlp\ndataset:\n  standardize: robust\nfixed:\n  dropout: 0.5",
  );
  const own: typeof SAMPLE.own = [
    { name: "ridge", kind: "module", tasks: ["regression"], hyperparameters: [] },
  ];
  assertEquals(
    yamlOf({ trainer: "ridge", alpha: 1 }, {}, own),
    "# trainer: ridge\nfixed:\n  alpha: 1",
  );
});

Deno.test("cellYaml() is empty where nothing is set", () => {
  assertEquals(yamlOf({}), "");
});
