import { versionFacts } from "../api/version.ts";
import type { VersionFacts } from "../sweep/version_facts.ts";
import { WIDTH } from "./columns.ts";
import { documentText } from "./json/document_text.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";
import { wrap } from "./wrap.ts";

const MARGIN = " ".repeat(9);

/** Prints which regsweep this is, and what it computes with. */
export async function version({ options }: Invocation): Promise<number> {
  const facts = await versionFacts();
  print(options.json ? documentText("version", facts) : versionText(facts));
  return 0;
}

/** The facts for people. */
function versionText({ version, commit, deno, target, kernels }: VersionFacts): string {
  const { native, reason } = kernels;
  const used = native
    ? `native, vectors of ${native.bits} bits`
    : `WebAssembly's, not native ones: ${reason}`;
  return [
    `regsweep ${version}`,
    `commit   ${commit ?? "unknown"}`,
    `deno     ${deno} on ${target}`,
    `kernels  ${wrap(used, WIDTH - MARGIN.length).join(`\n${MARGIN}`)}`,
  ].join("\n");
}
