import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { assertSameFiles } from "../end_to_end/_assert_same_files.ts";
import { finish, startTask } from "../end_to_end/_task.ts";
import { countRecords, readCsvFiles } from "../end_to_end/_workspace.ts";
import { inFolderWith } from "../_in_folder.ts";
import { ROOT } from "../_source_files.ts";
import { until } from "../_until.ts";
import { sweepStudy } from "./sweep_study.ts";

/** The study in small: its kinds of training, its regularizers and its search, on two tables. */
const FILES = {
  "single.yaml": `name: single
datasets:
  - { name: wine, path: ${join(ROOT, "data/wine.data")}, target: 1 }
  - { name: iris, path: ${join(ROOT, "data/iris.data")}, target: -1 }
fixed: { hidden: [16, 16], class_weight: balanced, optimizer: adam, learning_rate: 0.001,
  schedule: restarts, schedule_period: 40, cycle_factor: 2, steps: 280, evaluate_every: 280 }
grid: [{}, { dropout: 0.2 }, { mixup: 0.5 }, { adversarial: 0.1 }]
seeds: 2
metric: validation_balanced_accuracy
baseline: {}
`,
  "cocktail.yaml": `extends: single.yaml
name: cocktail
grid:
  - {}
  - sample: { count: 8, method: tpe, batch: 4 }
    weight_decay: { log_uniform: [0.03, 3], off: 0.5 }
    batch_norm: { choice: [off, on] }
    skip: { choice: [none, residual] }
    lookahead_steps: { choice: [none, 5] }
    averaging_start: { choice: [none, 210] }
    mixup: { uniform: [0.1, 1], off: 0.7 }
    conditional:
      - { when: skip=residual, shake_drop: { uniform: [0.1, 0.8], off: 0.5 } }
      - when: mixup=0
        cutmix: { uniform: [0.1, 1], off: 0.5 }
        conditional: { when: cutmix=0, cutout: { uniform: [0.1, 1], off: 0.5 } }
baseline: {}
`,
};

/** The CSV files of both reports and of their tables, by their paths. */
async function filesIn(reports: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const name of ["single", "cocktail"]) {
    for (const part of [name, `${name}/wine`, `${name}/iris`]) {
      const texts = Object.entries(await readCsvFiles(join(reports, part)));
      for (const [file, text] of texts) files[`${part}/${file}`] = text;
    }
  }
  return files;
}

Deno.test("sweepStudy() has the same bytes with 1 and 2 workers, and after a kill", () =>
  inFolderWith(FILES, async (folder) => {
    const files = { single: join(folder, "single.yaml"), cocktail: join(folder, "cocktail.yaml") };
    const study = async (reports: string, workers: number) =>
      await sweepStudy(files, {
        reports: join(folder, reports),
        verified: 1,
        options: ["--quiet", "--workers", String(workers)],
      });
    const found = await study("one", 1);
    assert(found.cocktail.startsWith("dataset,"));
    const one = await filesIn(join(folder, "one"));
    assertEquals(one["cocktail/datasets.csv"], found.cocktail);

    // Killed when the first table of the search is done.
    const killed = join(folder, "two");
    const sweep = (file: string) => startTask("sweep", [file, "--reports", killed]);
    await finish(sweep(files.single));
    const singles = await countRecords(killed);
    const task = sweep(files.cocktail);
    await until(async () => await countRecords(killed) >= singles + 18);
    task.kill("SIGKILL");
    await finish(task);
    assert(await countRecords(killed) < singles + 32, "the search was too fast to be killed");
    assertEquals(await study("two", 2), found);
    assertSameFiles(await filesIn(killed), one);
  }));
