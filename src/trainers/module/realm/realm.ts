/*
 * Runs in the thread of a module: trains one run after another, and sends what each evaluation predicts.
 *
 * Its text is what is imported: see `startThread()`. So it imports packages, and what is listed there.
 */

import { setImmediate } from "node:timers";
import { Script } from "node:vm";
import { workerData } from "node:worker_threads";
import seedrandom from "seedrandom";
import { onUncaught } from "../../../on_uncaught.ts";
import type {
  ExactMath,
  OwnConfig,
  OwnData,
  OwnEvaluation,
  TrainerDefinition,
} from "../definition.ts";
import {
  areFinite,
  checkEvaluation,
  checkParameters,
  checkProbabilities,
  checkSame,
  predictRows,
  shown,
  wrong,
} from "./check_given.ts";
import { addGlobal, lockDown } from "./lock_down.ts";
import { showOwnStacks } from "./own_places.ts";
import type {
  RealmModel,
  RealmReply,
  RealmRequest,
  RealmRun,
  RealmSetup,
} from "./realm_messages.ts";
import { watchHeap } from "./watch_heap.ts";

const { port, entry, packages, running, math: mathModule, allowsMath } = workerData as RealmSetup;
const inspect = Deno.inspect;

/** Lines of console output that a run may have, and the characters of each. */
const MOST_LINES = 100;
const LONGEST_LINE = 2_000;

/**
 * How long after its limit a run is stopped here. Its caller fails it at the limit, by a clock that
 * stands still while the process is suspended.
 */
const GRACE_MILLISECONDS = 5_000;
const LONGEST_TIMEOUT = 2 ** 31 - 1;
const TIMED_OUT = "ERR_SCRIPT_EXECUTION_TIMEOUT";

const clock = performance;
/** When the run is stopped, by the clock. */
let end = Infinity;
let work = () => {};
/** Calls `work()`. Only a script can be stopped in a loop: to terminate the thread does not stop it. */
const script = new Script("regsweepWork()");
let lines = 0;
let received = () => {};
const answer = (reply: RealmReply) => port.postMessage(reply);
const fail = (error: unknown) => {
  if ((error as { code?: unknown } | undefined)?.code === TIMED_OUT) answer({ kind: "late" });
  else answer({ kind: "failed", error: describe(error) });
};
onUncaught(fail);

port.onmessage = ({ data: request }: MessageEvent<RealmRequest>) => {
  if (request.kind === "received") received();
  else if (request.kind === "model") score(request).catch(fail);
  else train(request).catch(fail);
};

const memory = new WebAssembly.Memory({ initial: 1 });
const instance = new WebAssembly.Instance(mathModule, { env: { memory } });
const math = Object.freeze({ ...instance.exports }) as unknown as ExactMath;
watchHeap();
const starting = start();
starting.then(() => answer({ kind: "ready" }), fail);

async function start(): Promise<TrainerDefinition> {
  // Deno loads some packages by code that needs what is about to be taken away.
  if (packages !== undefined) await import(packages);
  showOwnStacks(running);
  lockDown({ allowsMath, console: ownConsole() });
  addGlobal("regsweepWork", () => work());
  const { default: definition } = await import(entry);
  return definition;
}

/** Waits for the definition, and starts a new time limit and count of lines. */
async function begin(limitSeconds = Infinity): Promise<TrainerDefinition> {
  const definition = await starting;
  end = clock.now() + 1000 * limitSeconds + GRACE_MILLISECONDS;
  lines = 0;
  return definition;
}

async function train(
  { config, seed, source, limitSeconds, data, test }: RealmRun,
): Promise<void> {
  const definition = await begin(limitSeconds);
  // train() may write to what it gets, and a model is scored with what was given.
  const given = structuredClone({ config, ...data && { data: headOf(data) } });
  const streams = new Map<string, RandomStream>();
  const random = (use: string) => {
    let stream = streams.get(use);
    if (!stream) {
      const draw = seedrandom(`${source}/${use}`) as () => number;
      streams.set(use, stream = test ? rewindable(draw) : { draw });
    }
    return stream.draw;
  };
  const run = {
    config: config as OwnConfig,
    seed,
    data: data as unknown as OwnData,
    random,
    math,
  };
  const iterator = await inTask(() => definition.train(run));
  if (typeof iterator?.next !== "function") {
    throw wrong("train() must be a generator: write *train() or async *train()");
  }
  let last: OwnEvaluation | undefined;
  let isDiverged = false;
  let testScores: Float64Array | undefined;
  let validationScores: Float64Array | undefined;
  let next;
  while (!isDiverged && !(next = await inTask(() => iterator.next())).done) {
    if (isCheckpoint(next.value)) continue;
    const evaluation = checkEvaluation(next.value, last, data !== undefined);
    const { step, predict, measures = {} } = last = evaluation;
    const scores = predict && data && await inTask(() => ({
      train: predictRows(predict, data.train, data.classes),
      validation: predictRows(predict, data.validation, data.classes),
    }));
    validationScores = scores?.validation;
    // Whether measures of its own tell that is for the experiment to say: it knows the metric.
    isDiverged = !!scores && (!areFinite(scores.train) || !areFinite(scores.validation));
    if (scores && data && !isDiverged) {
      checkProbabilities(scores.train, data.classes);
      checkProbabilities(scores.validation, data.classes);
    }
    // Now, since train() may change the model after its last evaluation.
    if (test && predict && !definition.predict && data && !isDiverged) {
      testScores = await inTask(() => {
        isScoring = true;
        try {
          return predictRows(predict, test, data.classes);
        } finally {
          isScoring = false;
          for (const { rewind } of streams.values()) rewind?.();
        }
      });
    }
    // One evaluation is on its way while the next one is computed, so that they cannot pile up.
    await receipt;
    receipt = new Promise<void>((resolve) => received = resolve);
    answer({ kind: "evaluation", step, measures: { ...measures }, scores, isDiverged });
  }
  await receipt;
  if (!last) throw wrong("train() must yield at least one evaluation");
  if (isDiverged || !next) return answer({ kind: "end", parameters: [] });
  const parameters = checkParameters(next.value);
  if (definition.predict && data && given.data && validationScores) {
    if (parameters.length === 0) throw wrong("train() must return the parameters for predict()");
    const model = { ...given, data: given.data, parameters };
    const { classes } = given.data;
    checkSame(await predictBy(definition, model, data.validation), validationScores, classes);
    if (test) testScores = await predictBy(definition, model, test);
  }
  answer({ kind: "end", parameters, testScores });
}

function headOf({ features, featureNames, classes }: RealmModel["data"]): RealmModel["data"] {
  return { features, featureNames, classes };
}

/** Predicts rows with a finished model, of which the module gets copies. */
async function predictBy(
  { predict }: TrainerDefinition,
  { config, parameters, data }: Pick<RealmModel, "config" | "parameters" | "data">,
  rows: RealmModel["test"],
): Promise<Float64Array> {
  if (!predict) throw wrong("the module has no predict");
  const model = {
    config: { ...config } as OwnConfig,
    parameters: Object.fromEntries(parameters.map(({ name, values }) => [name, values.slice()])),
    data: structuredClone(headOf(data)),
    math,
  };
  const { classes } = data;
  return await inTask(() => predictRows((x, count) => predict(model, x, count), rows, classes));
}

async function score({ limitSeconds, ...model }: RealmModel): Promise<void> {
  const definition = await begin(limitSeconds);
  answer({ kind: "predicted", testScores: await predictBy(definition, model, model.test) });
}

/** Calls a function of the module's in a task and a script of its own, which is stopped at the run's end. */
function inTask<T>(call: () => T): Promise<Awaited<T>> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      work = () => resolve(call() as Awaited<T>);
      try {
        const left = Math.max(1, Math.min(Math.ceil(end - clock.now()), LONGEST_TIMEOUT));
        script.runInThisContext({ timeout: left });
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** A random stream of a run. */
interface RandomStream {
  readonly draw: () => number;
  /** Goes back to where it was before test rows were scored. */
  readonly rewind?: () => void;
}

/** Whether rows of the test set are being predicted. */
let isScoring = false;

/** A stream of which test rows take nothing: whether a run is scored must not change its result. */
function rewindable(stream: () => number): RandomStream {
  // Numbers that were drawn for test rows, and how many of them have been drawn since the rewind.
  let [kept, used]: [number[], number] = [[], 0];
  let wasScoring = false;
  return {
    draw() {
      if (isScoring && !wasScoring) [kept, used, wasScoring] = [kept.slice(used), 0, true];
      if (used < kept.length) return kept[used++];
      const value = stream();
      if (isScoring) used = kept.push(value);
      return value;
    },
    rewind() {
      if (wasScoring) [used, wasScoring] = [0, false];
    },
  };
}

/** Settles when the last evaluation that was sent has arrived. */
let receipt = Promise.resolve();

function isCheckpoint(value: unknown): boolean {
  return typeof value === "object" && value !== null && "checkpoint" in value;
}

function describe(error: unknown): { name: string; message: string; stack: string } {
  if (!(error instanceof Error)) {
    return {
      name: "",
      message: `the module threw ${shown(error)}, which is not an Error and has no stack`,
      stack: "",
    };
  }
  return { name: `${error.name}`, message: `${error.message}`, stack: `${error.stack}` };
}

/** A console whose lines become messages of the run. */
function ownConsole(): Console {
  const print = (...values: unknown[]) => {
    const text = values.map((value) => typeof value === "string" ? value : inspect(value)).join(
      " ",
    );
    for (const line of text.split("\n")) {
      lines++;
      if (lines > MOST_LINES + 1) return;
      const isLast = lines === MOST_LINES + 1;
      answer({
        kind: "message",
        text: isLast
          ? `more than ${MOST_LINES} lines; the others are left out`
          : line.slice(0, LONGEST_LINE),
      });
    }
  };
  const methods = ["debug", "dir", "error", "info", "log", "table", "trace", "warn"];
  return Object.fromEntries(methods.map((name) => [name, print])) as unknown as Console;
}
