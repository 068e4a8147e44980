import { join } from "node:path";
import { readDataset } from "../dataset/read_dataset.ts";
import { readExperiment } from "../experiment/read_experiment.ts";
import { loadKernelsModule } from "../kernels/load_kernels.ts";
import { Store } from "../store/store.ts";
import { estimateSeconds, measureRate, rateOf } from "../sweep/estimate_time.ts";
import { planRuns } from "../sweep/plan_runs.ts";
import { createTrainer } from "../train/create_trainer.ts";
import type { Invocation } from "./commands.ts";
import { print, printAside } from "./output.ts";
import { planText } from "./plan_text.ts";

/** Shows what a sweep would do; trains no run and writes nothing. */
export async function plan({ operands: [file], options }: Invocation): Promise<number> {
  const experiment = await readExperiment(file, options);
  const dataset = await readDataset(experiment.dataset.path, experiment.dataset.target);
  const { runs, shape } = await planRuns(experiment, dataset);
  const folder = join(options.reports, "store");
  const store = await Store.open(folder, { onProblem: printAside, readOnly: true });
  const records = await store.getMany(runs.map(({ key }) => key));
  const missing = runs.filter((_, index) => records[index] === undefined);

  const knownRate = rateOf(runs, records);
  const measure = async () => {
    const context = { kernels: await loadKernelsModule(), dataset };
    return await measureRate(createTrainer(experiment.trainer, context), missing[0], shape);
  };
  const secondsPerFlop = missing.length === 0 ? 0 : knownRate ?? await measure();
  print(planText({
    experiment,
    dataset,
    shape,
    runs,
    missing,
    seconds: estimateSeconds(missing, secondsPerFlop, options.workers),
    workers: options.workers,
    isMeasured: knownRate === undefined,
  }));
  return 0;
}
