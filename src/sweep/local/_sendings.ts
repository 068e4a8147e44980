import type { PoolStage } from "./_run_queue.ts";

/** A stage that was sent to a worker. */
export interface SentStage extends PoolStage {
  /** The number of the sending: see `WorkerSetup`. */
  readonly sending: number;
}

/** Numbers what is sent to workers, so that each stage is begun once. */
export class Sendings {
  /** Shared with workers: see `WorkerSetup`. */
  readonly last: Int32Array<SharedArrayBuffer>;
  #number = 0;

  /** @param runs How many there are. */
  constructor(runs: number) {
    this.last = new Int32Array(new SharedArrayBuffer(4 * runs));
  }

  /** Numbers a stage that is to be sent; what it was sent as before is void. */
  begin(stage: PoolStage): SentStage {
    const sending = ++this.#number;
    Atomics.store(this.last, stage.lead, sending);
    return { ...stage, sending };
  }

  hasBegun({ lead, sending }: SentStage): boolean {
    return Atomics.load(this.last, lead) === -sending;
  }

  /** Takes a stage back, unless its worker has begun it. */
  takeBack({ lead, sending }: SentStage): boolean {
    return Atomics.compareExchange(this.last, lead, sending, 0) === sending;
  }
}
