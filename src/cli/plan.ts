import { readCollection } from "../api/collection.ts";
import { readExperiment } from "../api/experiment.ts";
import { planExperiment, PLANNED } from "../api/plan.ts";
import { collectionPlanJson, planJson } from "./json/plan_json.ts";
import type { SweepPlan } from "../sweep/plan/plan_sweep.ts";
import type { Invocation } from "./invocation.ts";
import { print, printAside } from "./output.ts";
import { collectionPlanText, planText } from "./plan_text.ts";

/** Shows what a sweep would do; trains no run and writes nothing. */
export async function plan({ operands: [file], options }: Invocation): Promise<number> {
  const { reports, workers, kernels = "auto", modelSpace } = options;
  const given = { reports, workers, kernels, modelSpace, onMessage: printAside };
  const collection = await readCollection(file, options);
  if (!collection) {
    const planned = PLANNED.of(await planExperiment(await readExperiment(file, options), given));
    print(options.json ? planJson(planned) : planText(planned));
    return 0;
  }
  const plans: SweepPlan[] = [];
  for (const experiment of collection.experiments) {
    plans.push(PLANNED.of(await planExperiment(experiment, given)));
  }
  print(
    options.json
      ? collectionPlanJson(collection.name, plans)
      : collectionPlanText(collection.name, plans),
  );
  return 0;
}
