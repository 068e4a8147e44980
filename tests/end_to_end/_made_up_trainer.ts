import { join } from "node:path";
import { pathToFileURL } from "node:url";
import packageFile from "../../deno.json" with { type: "json" };
import { PROJECT, type TaskOptions } from "./_task.ts";
import type { Workspace } from "./_workspace.ts";

const REGISTRY = urlOf("src/trainers/registry.ts");

/** Options of a task that knows the made-up trainer `centroids`, beside the others or alone. */
export async function withMadeUpTrainer(
  workspace: Workspace,
  { isAlone = false } = {},
): Promise<TaskOptions> {
  const name = isAlone ? "made_up_registry_alone.ts" : "made_up_registry.ts";
  const registry = urlOf(`tests/end_to_end/fixtures/${name}`);
  const map = {
    imports: { ...packageFile.imports, [REGISTRY]: registry },
    scopes: { [registry]: { [REGISTRY]: REGISTRY } },
  };
  return { importMap: await workspace.write(`${name}.json`, JSON.stringify(map)) };
}

function urlOf(path: string): string {
  return pathToFileURL(join(PROJECT, path)).href;
}
