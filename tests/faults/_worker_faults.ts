import { assertEquals, assertStringIncludes } from "@std/assert";
import { ProjectCopy } from "../end_to_end/_project_copy.ts";
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
  "hangs": { code: "for (;;);", told: "no result after 3.0 s: stopped" },
  "waits for ever": {
    code: "await new Promise(() => {})",
    told: "no result after 3.0 s: stopped",
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

/** Workers that do each of these with the runs of one seed, in a copy of the program. */
export const WORKER_FAULTS: readonly Fault[] = Object.entries(MISBEHAVIOURS).map(
  ([name, { code, told, v8Flags }]) => ({
    name: `a worker ${name}`,
    disturb: async (bench) => {
      await ProjectCopy.use(async (copy) => {
        await Deno.writeTextFile(copy.path("src/sweep/worker.ts"), workerSource(code));
        const options = { project: copy.folder, v8Flags };
        const finished = await bench.run(options, "--run-timeout", "3");
        if (told === undefined) {
          assertStringIncludes(finished.stderr, "heap");
          return;
        }
        assertEquals(finished.code, 1, finished.stderr);
        assertStringIncludes(finished.stderr, "runs failed:");
        assertStringIncludes(finished.stderr, told);
      });
    },
  }),
);

function workerSource(code: string): string {
  return `
import { createRunTrainer } from "../train/create_trainer.ts";
import { serveTasks } from "./serve_tasks.ts";

serveTasks(({ context }) => {
  const trainer = createRunTrainer(context);
  return {
    async train(task) {
      if (task.seed === 3) { ${code} }
      return await trainer.train(task);
    },
  };
});
`;
}
