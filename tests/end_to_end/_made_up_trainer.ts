import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PACKAGES } from "./_import_map.ts";
import type { ProjectCopy } from "./_project_copy.ts";
import { PROJECT, type TaskOptions } from "./_task.ts";
import type { Workspace } from "./_workspace.ts";

const REGISTRY_FILE = "src/trainers/registry.ts";
const REGISTRY = urlOf(REGISTRY_FILE);
const FIXTURES = "tests/end_to_end/fixtures";

/** Options of a task that knows the made-up trainer `centroids`, beside the others or alone. */
export async function withMadeUpTrainer(
  workspace: Workspace,
  { isAlone = false } = {},
): Promise<TaskOptions> {
  const name = isAlone ? "made_up_registry_alone.ts" : "made_up_registry.ts";
  const registry = urlOf(`${FIXTURES}/${name}`);
  const map = {
    imports: { ...PACKAGES, [REGISTRY]: registry },
    scopes: { [registry]: { [REGISTRY]: REGISTRY } },
  };
  return { importMap: await workspace.write(`${name}.json`, JSON.stringify(map)) };
}

/** Adds the made-up trainer to a copy of the program: a folder, and a line of the registry. */
export async function addMadeUpTrainer(copy: ProjectCopy): Promise<void> {
  // Fixtures are as deep in the project as a trainer's folder, so their imports stay right.
  const folder = "src/trainers/centroids";
  await Deno.mkdir(copy.path(folder));
  for (const name of ["made_up_trainer.ts", "train_made_up.ts"]) {
    await Deno.copyFile(join(PROJECT, FIXTURES, name), copy.path(`${folder}/${name}`));
  }
  await copy.edit(
    REGISTRY_FILE,
    (text) =>
      `import { centroids } from "./centroids/made_up_trainer.ts";\n` +
      text.replace(/^\];$/m, "  centroids,\n];"),
  );
}

function urlOf(path: string): string {
  return pathToFileURL(join(PROJECT, path)).href;
}
