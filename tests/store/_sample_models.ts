import { createHash } from "node:crypto";
import { ModelSpace } from "../../src/store/model_space.ts";
import type { StoredModel } from "../../src/store/stored_model.ts";
import type { TrainingState } from "../../src/trainers/training_stage.ts";

/** A key or a hash. */
export function hashOf(name: string | number): string {
  return createHash("sha256").update(String(name)).digest("hex");
}

/** A model of about so many bytes. */
export function sampleModel(name: string | number, bytes = 1000): StoredModel {
  const values = new Float32Array(Math.round(bytes / 4)).fill(0.1);
  return {
    ...{ key: hashOf(name), digest: hashOf(`digest of ${name}`), trainer: "mlp", version: 1 },
    parameters: [{ name: "layer0.weight", shape: [values.length], values }],
  };
}

/** A state with everything that is hard to keep. */
export function sampleState(step: number): TrainingState {
  const bytes = Uint8Array.from({ length: 100 }, (_, index) => index * 7);
  return {
    step,
    evaluations: [
      { step: 0, measures: { "train_loss": 0.1 + 0.2, penalty: -0, sparsity: 5e-324 } },
      {
        step: 40,
        measures: {
          "train_loss": NaN,
          "validation_loss": Infinity,
          own: -Infinity,
          other: Number.MAX_VALUE,
        },
      },
    ],
    arrays: { weight: bytes, 7: bytes.slice(3, 10), empty: new Uint8Array(), ["__proto__"]: bytes },
    best: new Map<number, Record<string, Uint8Array>>([[40, { weight: bytes.slice(1, 9) }], [
      0,
      {},
    ]]),
    trainSeconds: 1.25,
  };
}

export interface OpenedSpace extends Disposable {
  readonly folder: string;
  readonly space: ModelSpace;
  /** What it has told the user. */
  readonly messages: string[];
  /** Opens the same folder as another process would. */
  again(bytes?: number): ModelSpace;
}

/** Opens an empty space in a folder of its own. */
export function openSpace(bytes = 2 ** 31): OpenedSpace {
  const folder = Deno.makeTempDirSync({ prefix: "regsweep-" });
  const messages: string[] = [];
  const again = (size = bytes) =>
    new ModelSpace(folder, { bytes: size, onProblem: (text) => messages.push(text) });
  return {
    folder,
    space: again(),
    messages,
    again,
    [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }),
  };
}

/** The files of a space, by their paths, with their sizes. */
export function filesIn(folder: string, path = ""): Map<string, number> {
  const files = new Map<string, number>();
  for (const { name, isDirectory } of Deno.readDirSync(`${folder}/${path}`)) {
    const inner = path === "" ? name : `${path}/${name}`;
    if (isDirectory) { for (const [file, size] of filesIn(folder, inner)) files.set(file, size); }
    else files.set(inner, Deno.lstatSync(`${folder}/${inner}`).size);
  }
  return files;
}

export function bytesIn(folder: string): number {
  return [...filesIn(folder).values()].reduce((sum, size) => sum + size, 0);
}
