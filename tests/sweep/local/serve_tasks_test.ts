import { assertEquals } from "@std/assert";
import type {
  WorkerMessage,
  WorkerSetup,
  WorkerStage,
} from "../../../src/sweep/local/worker_messages.ts";
import type { Dataset } from "../../../src/dataset/dataset.ts";
import { plannedRuns } from "../_planned_runs.ts";

Deno.test("a worker leaves out what was sent to another, or again, since it was sent to it", async () => {
  const [{ task }] = plannedRuns([{ behaviour: "finishes" }]);
  const counts = new Int32Array(new SharedArrayBuffer(8));
  const sendings = new Int32Array(new SharedArrayBuffer(8));
  const url = new URL("./fixtures/worker.ts", import.meta.url);
  const worker = new Worker(url, { type: "module", deno: { permissions: "none" } });
  try {
    const messages: WorkerMessage[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      messages.push(data);
      if (data.kind === "stage_ended" && data.lead === 1) resolve();
    };
    const setup: WorkerSetup = {
      context: { dataset: { counts } as unknown as Dataset } as WorkerSetup["context"],
      ...{ sendings, lifeLock: crypto.randomUUID(), stateSeconds: 30 },
    };
    worker.postMessage(setup);
    const send = (lead: number, sending: number) => {
      const runs = [{ index: lead, task }];
      const stage: WorkerStage = {
        ...{ kind: "stage", lead, sending, runs },
        ...{ until: Infinity, keepsStates: false },
      };
      worker.postMessage(stage);
    };
    // It was sent, taken back and sent once more, to this worker too.
    sendings.set([3, 4]);
    send(0, 1);
    send(0, 3);
    send(0, 3);
    send(1, 4);
    await promise;
    const ended = messages.flatMap((message) => message.kind === "finished" ? [message.index] : []);
    assertEquals(ended, [0, 1]);
    assertEquals([...sendings], [-3, -4]);
  } finally {
    worker.terminate();
  }
});
