import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PACKAGES } from "./_import_map.ts";
import { PROJECT } from "./_task.ts";
import type { Workspace } from "./_workspace.ts";

/**
 * Writes a trainer that runs other code in place of training the runs of seed 3, and an import map
 * that gives it to workers alone; returns the map's path, for `TaskOptions.importMap`.
 */
export async function misbehavingWorkers(workspace: Workspace, code: string): Promise<string> {
  const source = (path: string) => pathToFileURL(join(PROJECT, "src", path)).href;
  const trainer = source("trainers/run_trainer.ts");
  const faulty = await workspace.write(
    "faulty_trainer.ts",
    `import * as real from "${trainer}";

export function createRunTrainer(context) {
  const trainer = real.createRunTrainer(context);
  return {
    ...trainer,
    async trainStage(stage, listener) {
      if (stage.tasks[0].seed === 3) { ${code} }
      return await trainer.trainStage(stage, listener);
    },
  };
}
`,
  );
  const scopes = { [source("sweep/local/worker.ts")]: { [trainer]: pathToFileURL(faulty).href } };
  return await workspace.write("imports.json", JSON.stringify({ imports: PACKAGES, scopes }));
}
