import { assertEquals, fail } from "@std/assert";
import { basename } from "node:path";
import { Store } from "../../../src/store/store.ts";
import { planRuns } from "../../../src/sweep/plan_runs.ts";
import type { PlannedRun } from "../../../src/sweep/planned_run.ts";
import { Submission } from "../../../src/sweep/slurm/submission.ts";
import { workChunk } from "../../../src/sweep/slurm/work_chunk.ts";
import { nativeLibraries } from "../../_native_library.ts";
import { type SmallExperiment, withSmallExperiment } from "../_small_experiment.ts";
import { SAMPLE_MANIFEST } from "./_sample_manifest.ts";

/** Submits chunks of an experiment's runs, which nothing works on; returns the submission's folder. */
async function submit(
  { experiment, dataset, reports }: SmallExperiment,
  chunks: readonly (readonly PlannedRun[])[],
): Promise<string> {
  const { path, split: _, standardize: __, ...options } = experiment.dataset;
  const manifest = {
    ...SAMPLE_MANIFEST,
    dataset: { path, options, checksum: dataset.checksum },
    store: `${reports}/store`,
    chunks: chunks.length,
    runs: chunks.flat().length,
  };
  const { folder } = await Submission.create(reports, { manifest, chunks, script: () => "" });
  return folder;
}

Deno.test("workChunk() packs the records of a chunk that has many, and finds them again", () =>
  withSmallExperiment(async (small) => {
    const { experiment, dataset, reports } = small;
    const { runs } = planRuns(experiment, dataset);
    const folder = await submit(small, [runs.slice(0, 40), runs.slice(40)]);
    const work = async (chunk: number) => {
      const { signal } = new AbortController();
      const { trained } = await workChunk(folder, chunk, {
        ...{ signal, onProblem: fail, onMessage: fail },
      });
      return trained;
    };
    assertEquals([await work(0), await work(1)], [40, 4]);
    assertEquals([...Deno.readDirSync(`${reports}/store/packs`)].length, 1);
    const store = await Store.open(`${reports}/store`, { onProblem: fail });
    const records = await store.getMany(runs.map(({ key }) => key));
    assertEquals(records.map((record) => record?.key), runs.map(({ key }) => key));
    // A task that is started again trains nothing, and packs nothing.
    assertEquals([await work(0), await work(1)], [0, 0]);
    assertEquals([...Deno.readDirSync(`${reports}/store/packs`)].length, 1);
  }, { penalties: "{ linear: [0, 1], count: 22 }" }));

const [library] = await nativeLibraries();

Deno.test({
  name: "workChunk() reports the native kernels that it used" +
    (library ? "" : "; skipped: there is no C compiler"),
  ignore: !library,
  fn: () =>
    withSmallExperiment(async (small) => {
      if (!library) return;
      const { runs } = planRuns(small.experiment, small.dataset);
      const folder = await submit(small, [runs.slice(0, 1), runs.slice(1, 2)]);
      const { signal } = new AbortController();
      const choices = { signal, onProblem: fail, onMessage: fail };
      await workChunk(folder, 0, { ...choices, kernels: "native" });
      await workChunk(folder, 1, { ...choices, kernels: "wasm" });
      const submission = await Submission.open(folder);
      const native = { library: basename(library.path), bits: library.bits };
      assertEquals((await submission?.readReport(0))?.end?.native, native);
      assertEquals((await submission?.readReport(1))?.end?.native, undefined);
    }),
});
