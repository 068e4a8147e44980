import { fileURLToPath } from "node:url";
import packageFile from "../../deno.json" with { type: "json" };
import { kernelsChecksum } from "../kernels/kernels_checksum.ts";
import { usableLibrary } from "../trainers/choose_library.ts";
import { gitCommit } from "./git_commit.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

/** Which regsweep this is, and what it computes with on this machine. */
export interface VersionFacts {
  /** The package's. */
  readonly version: string;
  /** The commit that its source is at; null if it is unknown, as of a package. */
  readonly commit: string | null;
  /** The version of Deno. */
  readonly deno: string;
  /** The version of its JavaScript engine. */
  readonly v8: string;
  /** The system and the processor, as in `x86_64-unknown-linux-gnu`. */
  readonly target: string;
  /** What computes. */
  readonly kernels: {
    /** SHA-256 of the WebAssembly kernels, in hex. */
    readonly wasm: string;
    /** What `--kernels auto` uses; null for WebAssembly's. */
    readonly native: { readonly library: string; readonly bits: number } | null;
    /** Why no native ones are used; null if some are. */
    readonly reason: string | null;
  };
}

/** Finds out which regsweep this is. */
export async function versionFacts(): Promise<VersionFacts> {
  const found = await usableLibrary("auto");
  const { deno, v8 } = Deno.version;
  const isUsed = !("reason" in found);
  return {
    version: packageFile.version,
    commit: await gitCommit(PROJECT),
    ...{ deno, v8, target: Deno.build.target },
    kernels: {
      wasm: await kernelsChecksum(),
      native: isUsed ? { library: found.path, bits: found.bits } : null,
      reason: isUsed ? null : found.reason,
    },
  };
}
