import type { Evaluation } from "../trainers/run_result.ts";
import type { TrainingState } from "../trainers/training_stage.ts";
import type { Tensor } from "./safetensors.ts";
import { openSealed, sealedFile } from "./sealed_file.ts";

const FORMAT = 1;

type Arrays = Readonly<Record<string, Uint8Array>>;

/** Numbers that JSON lacks, by the text that stands for them. */
const SPECIAL: ReadonlyMap<unknown, number> = new Map([
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
  ["-0", -0],
]);

/**
 * Writes a state as the bytes of its file.
 *
 * Its arrays are tensors: `array.NAME`, and `best.STEP.NAME` for those that a run may end with.
 * Everything else is in the metadata.
 *
 * @param hash The hash that the state is stored under.
 */
export async function encodeCheckpoint(
  hash: string,
  { step, evaluations, arrays, best, trainSeconds }: TrainingState,
): Promise<Uint8Array<ArrayBuffer>> {
  const bests = [...best];
  const tensors = [
    ...tensorsOf("array.", arrays),
    ...bests.flatMap(([step, arrays]) => tensorsOf(`best.${step}.`, arrays)),
  ];
  return await sealedFile(tensors, {
    format: FORMAT,
    hash,
    step,
    trainSeconds: writable(trainSeconds),
    evaluations: evaluations.map(({ step, measures }) => [
      step,
      Object.entries(measures).map(([column, value]) => [column, writable(value)]),
    ]),
    arrays: Object.keys(arrays),
    best: bests.map(([step, arrays]) => [step, Object.keys(arrays)]),
  });
}

function tensorsOf(prefix: string, arrays: Arrays): Tensor[] {
  return Object.entries(arrays).map(([name, data]) => (
    { name: prefix + name, shape: [data.length], data }
  ));
}

function writable(value: number): number | string {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}

/** Reads a state from the bytes of its file; returns the reason if it is not valid. */
export async function decodeCheckpoint(
  file: Uint8Array<ArrayBuffer>,
  expected: { readonly hash: string; readonly step: number },
): Promise<TrainingState | string> {
  const opened = await openSealed(file);
  if (typeof opened === "string") return opened;
  const { format, hash, step, ...facts } = opened.facts;
  if (format !== FORMAT) return `its format is not ${FORMAT}`;
  if (hash !== expected.hash || step !== expected.step) return "it is another checkpoint";
  try {
    const tensors = new Map(opened.tensors.map(({ name, data }) => [name, data]));
    return {
      step: expected.step,
      evaluations: listOf(facts.evaluations).map(evaluationOf),
      arrays: arraysOf(tensors, "array.", facts.arrays),
      best: new Map(
        listOf(facts.best).map((entry) => {
          const [step, names] = pairOf(entry);
          return [stepOf(step), arraysOf(tensors, `best.${step}.`, names)];
        }),
      ),
      trainSeconds: numberOf(facts.trainSeconds),
    };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return "it is no state of a training";
  }
}

/** A value that is not what it must be. */
class ShapeError extends Error {}

function evaluationOf(value: unknown): Evaluation {
  const [step, measures] = pairOf(value);
  const entries = listOf(measures).map((entry) => {
    const [column, number] = pairOf(entry);
    return [textOf(column), numberOf(number)] as const;
  });
  return { step: stepOf(step), measures: Object.fromEntries(entries) };
}

function arraysOf(
  tensors: ReadonlyMap<string, Tensor["data"]>,
  prefix: string,
  names: unknown,
): Arrays {
  return Object.fromEntries(
    listOf(names).map((name) => {
      const data = tensors.get(prefix + textOf(name));
      if (!(data instanceof Uint8Array)) throw new ShapeError();
      return [textOf(name), data] as const;
    }),
  );
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new ShapeError();
  return value;
}

function pairOf(value: unknown): readonly unknown[] {
  const list = listOf(value);
  if (list.length !== 2) throw new ShapeError();
  return list;
}

function textOf(value: unknown): string {
  if (typeof value !== "string") throw new ShapeError();
  return value;
}

function stepOf(value: unknown): number {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw new ShapeError();
  return Number(value);
}

function numberOf(value: unknown): number {
  const number = SPECIAL.get(value) ?? value;
  if (typeof number !== "number") throw new ShapeError();
  return number;
}
