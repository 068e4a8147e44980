import type { VersionFacts } from "../sweep/version_facts.ts";

/**
 * Which regsweep this is, and what it computes with on this machine.
 *
 * @example
 * ```ts
 * import { versionFacts } from "@regsweep/regsweep";
 *
 * const { version, kernels } = await versionFacts();
 * console.log(version, kernels.wasm);
 * ```
 */
export async function versionFacts(): Promise<VersionFacts> {
  const { versionFacts: find } = await import("../sweep/version_facts.ts");
  return await find();
}
