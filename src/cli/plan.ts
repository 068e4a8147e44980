import { join } from "node:path";
import { readDataset } from "../dataset/read_dataset.ts";
import { UNASKED_RUNS } from "../experiment/experiment.ts";
import { runCount } from "../experiment/halving.ts";
import { readExperiment } from "../experiment/read_experiment.ts";
import { loadKernelsModule } from "../kernels/load_kernels.ts";
import { Store } from "../store/store.ts";
import { estimateSeconds, measureRate } from "../sweep/estimate_time.ts";
import { runShape } from "../sweep/plan_runs.ts";
import { createRunTrainer } from "../trainers/registry.ts";
import type { Invocation } from "./commands.ts";
import { print, printAside } from "./output.ts";
import { surveyRungs } from "../sweep/plan/survey_rungs.ts";
import { surveyEach, surveyMany } from "../sweep/plan/survey_runs.ts";
import { planText } from "./plan_text.ts";

/** Shows what a sweep would do; trains no run and writes nothing. */
export async function plan({ operands: [file], options }: Invocation): Promise<number> {
  const experiment = await readExperiment(file, options);
  const dataset = await readDataset(experiment.dataset.path, experiment.dataset.target);
  const shape = runShape(experiment, dataset);
  const folder = join(options.reports, "store");
  const store = await Store.open(folder, { onProblem: printAside, readOnly: true });
  const context = { experiment, dataset, shape };
  const total = runCount(experiment);
  const survey = experiment.halving
    ? await surveyRungs(context, experiment.halving, store)
    : await (total > UNASKED_RUNS ? surveyMany : surveyEach)(context, store);

  const { missing, firstMissing, samples } = survey;
  const measure = async () => {
    const trainer = createRunTrainer({ kernels: await loadKernelsModule(), dataset });
    return firstMissing ? await measureRate(trainer, firstMissing, shape) : 0;
  };
  const secondsPerFlop = survey.secondsPerFlop ?? await measure();
  const each = missing / Math.max(samples.length, 1);
  const seconds = estimateSeconds(samples, secondsPerFlop, options.workers, each);
  print(planText({ ...context, ...survey, total, seconds, workers: options.workers }));
  return 0;
}
