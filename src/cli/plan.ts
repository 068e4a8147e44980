import { readExperiment } from "../api/experiment.ts";
import { planExperiment, PLANNED } from "../api/plan.ts";
import { planJson } from "./json/plan_json.ts";
import type { Invocation } from "./invocation.ts";
import { print, printAside } from "./output.ts";
import { planText } from "./plan_text.ts";

/** Shows what a sweep would do; trains no run and writes nothing. */
export async function plan({ operands: [file], options }: Invocation): Promise<number> {
  const experiment = await readExperiment(file, options);
  const { reports, workers, kernels = "auto", modelSpace } = options;
  const given = { reports, workers, kernels, modelSpace };
  const planned = PLANNED.of(
    await planExperiment(experiment, { ...given, onMessage: printAside }),
  );
  print(options.json ? planJson(planned) : planText(planned));
  return 0;
}
