import { assertEquals, assertStringIncludes } from "@std/assert";
import { misbehavingWorkers } from "../end_to_end/_misbehaving_workers.ts";
import type { Fault } from "./_fault.ts";

/** What a worker does in place of training the runs of one seed. */
interface Misbehaviour {
  readonly code: string;
  /** What the user is told, where the sweep outlives it. */
  readonly told?: string;
  readonly v8Flags?: readonly string[];
}

const MISBEHAVIOURS: Record<string, Misbehaviour> = {
  "throws": { code: 'throw new Error("boom")', told: "boom" },
  "exits": { code: "Deno.exit(3)", told: "its worker ended" },
  "closes itself": { code: "self.close(); await new Promise(() => {})", told: "its worker ended" },
  "hangs": { code: "for (;;);", told: "no result after 2 s: stopped" },
  "waits for ever": {
    code: "await new Promise(() => {})",
    told: "no result after 2 s: stopped",
  },
  "asks for more memory than there is": {
    code: "const all = []; for (;;) all.push(new WebAssembly.Memory({ initial: 65536 }).grow(1))",
    told: "emory",
  },
  // V8 ends the whole process.
  "fills the heap": {
    code: "const all = []; for (;;) all.push(new Array(1000).fill({}))",
    v8Flags: ["--max-old-space-size=100"],
  },
};

/** Workers that do each of these with the runs of one seed. */
export const WORKER_FAULTS: readonly Fault[] = Object.entries(MISBEHAVIOURS).map(
  ([name, { code, told, v8Flags }]) => ({
    name: `a worker ${name}`,
    disturb: async (bench) => {
      const importMap = await misbehavingWorkers(bench.workspace, code);
      const options = { v8Flags, importMap };
      const { code: exitCode, stderr } = await bench.run(options, "--run-timeout", "2");
      if (told === undefined) {
        assertStringIncludes(stderr, "heap");
        return;
      }
      assertEquals(exitCode, 1, stderr);
      assertStringIncludes(stderr, "runs failed:");
      assertStringIncludes(stderr, told);
    },
  }),
);
