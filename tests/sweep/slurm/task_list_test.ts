import { assertEquals } from "@std/assert";
import { Submission } from "../../../src/sweep/slurm/submission.ts";
import { TaskList } from "../../../src/sweep/slurm/task_list.ts";
import { SAMPLE_MANIFEST } from "./_sample_manifest.ts";

const MANIFEST = { ...SAMPLE_MANIFEST, chunks: 2, runs: 2 };

Deno.test("TaskList takes tasks for a submission's by the path of their script alone", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const create = () =>
      Submission.create(folder, { manifest: MANIFEST, chunks: [[], []], script: () => "" });
    // One of them was received: its files name the other's jobs.
    const [received, own] = [await create(), await create()];
    const task = { job: "7", state: "RUNNING", reason: "None", node: "n" };
    const tasks = new TaskList([
      { ...task, index: 0, command: `${own.script} 0` },
      { ...task, index: 1, command: `${own.script} 0` },
      { ...task, job: "8", index: 0, command: "/home/else/task.sh 0" },
    ]);
    assertEquals([...tasks.tasksOf(own).keys()], [0, 1]);
    assertEquals(tasks.tasksOf(received).size, 0);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
