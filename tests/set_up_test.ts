import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { aptGet } from "./_apt_get.ts";

const LOCKED =
  "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (apt-get)\nE: Unable to lock directory /var/lib/apt/lists/";

/** An apt-get that fails as often as said, with a complaint; the arguments of its calls, as lines. */
async function useAptGet(
  { failures, complaint }: { readonly failures: number; readonly complaint: string },
  work: (env: Record<string, string>, calls: () => string[]) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "regsweep-" });
  const calls = join(folder, "calls");
  try {
    const script = `#!/bin/sh
echo "$*" >> '${calls}'
if [ "$(wc -l < '${calls}')" -le ${failures} ]; then echo '${complaint}' >&2; exit 100; fi
`;
    await Deno.writeTextFile(join(folder, "apt-get"), script, { mode: 0o755 });
    await work(
      { PATH: `${folder}:${Deno.env.get("PATH")}` },
      () => Deno.readTextFileSync(calls).trim().split("\n"),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("aptGet() waits for another apt-get, and says so once", () =>
  useAptGet({ failures: 2, complaint: LOCKED }, async (env, calls) => {
    const said: string[] = [];
    assertEquals(await aptGet(["update"], { env, say: (line) => said.push(line) }), undefined);
    assertEquals(calls().length, 3);
    assertEquals(calls()[0], "--quiet --option DPkg::Lock::Timeout=300 update");
    assertEquals(said, [
      "set_up: waiting at most 300 s for another apt-get: " +
      "Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (apt-get)",
    ]);
  }));

Deno.test("aptGet() does not wait forever", () =>
  useAptGet({ failures: 1000, complaint: LOCKED }, async (env) => {
    const obstacle = await aptGet(["update"], { env, say: () => {}, lockSeconds: 0 });
    assertStringIncludes(obstacle ?? "", "apt-get update waited 0 s: Could not get lock");
  }));

Deno.test("aptGet() does not repeat what fails for another reason", () =>
  useAptGet({ failures: 1000, complaint: "E: Unable to locate package x" }, async (env, calls) => {
    const said: string[] = [];
    const obstacle = await aptGet(["install", "x"], { env, say: (line) => said.push(line) });
    assertEquals(obstacle, "apt-get install ended with code 100");
    assertEquals(said, ["E: Unable to locate package x"]);
    assertEquals(calls().length, 1);
  }));
