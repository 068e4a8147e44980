import type { SweepManifest } from "../results/manifest.ts";

/** What can change results if regsweep, or something that it runs on, has a bug. */
export interface Circumstances {
  readonly kernels: string;
  readonly deno: string;
  readonly v8: string;
  readonly machine: string;
}

/** The circumstances in which a sweep was made. */
export function circumstancesOf(manifest: SweepManifest): Circumstances {
  const { kernels, versions, machine } = manifest;
  return {
    kernels: kernels.checksum,
    deno: versions.deno,
    v8: versions.v8,
    machine: `${machine.os} ${machine.arch}`,
  };
}

/** The circumstances here, with these kernels. */
export function circumstancesHere(kernels: string): Circumstances {
  const { os, arch } = Deno.build;
  const { deno, v8 } = Deno.version;
  return { kernels, deno, v8, machine: `${os} ${arch}` };
}

/** Lists in words what has changed, which is where to look first if runs differ. */
export function changedCircumstances(then: Circumstances, now: Circumstances): string[] {
  const labels = { kernels: "SHA-256 of kernels.wasm", deno: "Deno", v8: "V8", machine: "Machine" };
  return (Object.keys(labels) as (keyof Circumstances)[])
    .filter((key) => then[key] !== now[key])
    .map((key) => `${labels[key]}: ${then[key]} then, ${now[key]} now`);
}
