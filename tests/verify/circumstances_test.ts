import { assertEquals } from "@std/assert";
import type { SweepManifest } from "../../src/results/manifest.ts";
import {
  changedCircumstances,
  circumstancesHere,
  circumstancesOf,
} from "../../src/verify/circumstances.ts";

const MANIFEST = {
  kernels: { checksum: "abc" },
  versions: { deno: "2.9.6", v8: "15.0" },
  machine: { os: "linux", arch: "x86_64" },
} as unknown as SweepManifest;

Deno.test("changedCircumstances() names what is not as it was", () => {
  const then = circumstancesOf(MANIFEST);
  assertEquals(changedCircumstances(then, { ...then }), []);
  assertEquals(
    changedCircumstances(then, { ...then, kernels: "def", machine: "linux aarch64" }),
    ["SHA-256 of kernels.wasm: abc then, def now", "Machine: linux x86_64 then, linux aarch64 now"],
  );
});

Deno.test("circumstancesHere() is what a manifest would say", () => {
  const { os, arch } = Deno.build;
  const here = { ...MANIFEST, versions: Deno.version, machine: { os, arch } } as unknown;
  assertEquals(circumstancesHere("abc"), circumstancesOf(here as SweepManifest));
});
