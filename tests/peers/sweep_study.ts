import { assert } from "@std/assert";
import { join, relative } from "node:path";
import { openFirst } from "../experiment/_open_first.ts";
import { ROOT } from "../_source_files.ts";

/**
 * Sweeps the experiments of a study, one after the other, and verifies some runs of each table.
 *
 * @param files The experiments: single regularizers, and cocktails.
 * @param reports The folder for their reports.
 * @param verified How many runs of each table are computed again.
 * @param options What else `sweep` takes.
 * @returns The texts of their datasets.csv.
 */
export async function sweepStudy(
  files: { readonly single: string; readonly cocktail: string },
  { reports, verified, options }: {
    readonly reports: string;
    readonly verified: number;
    readonly options: readonly string[];
  },
): Promise<{ readonly single: string; readonly cocktail: string }> {
  const sweep = async (file: string) => {
    // Manifests have the command: relative, it is the same on every machine.
    const [from, to] = [file, reports].map((path) => relative(ROOT, path));
    await runTask("sweep", from, "--reports", to, ...options);
    const folder = join(reports, (await openFirst(file)).experiment.collection ?? "");
    await runTask("verify", folder, "--sample", String(verified));
    return await Deno.readTextFile(join(folder, "datasets.csv"));
  };
  return { single: await sweep(files.single), cocktail: await sweep(files.cocktail) };
}

async function runTask(...args: readonly string[]): Promise<void> {
  const command = { args: ["task", ...args], cwd: ROOT };
  const { success } = await new Deno.Command(Deno.execPath(), command).spawn().status;
  assert(success, `It stopped at: deno task ${args.join(" ")}`);
}
