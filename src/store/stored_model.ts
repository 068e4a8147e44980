import type { Parameter, TrainerName } from "../trainers/trainer.ts";
import { isRecord } from "./_result_json.ts";
import type { Tensor } from "./safetensors.ts";
import { type Facts, openSealed, sealedFile } from "./sealed_file.ts";

/** A finished run's model. */
export interface StoredModel {
  /** The run's key. */
  readonly key: string;
  /** The digest of the run's result, which its parameters are part of. */
  readonly digest: string;
  readonly trainer: TrainerName;
  readonly version: number | string;
  /** As `Training` has them. */
  readonly parameters: readonly Parameter[];
}

/** A model to write. One that no sweep has trained has no key. */
export type WritableModel = Omit<StoredModel, "key"> & Partial<Pick<StoredModel, "key">>;

const FORMAT = 1;

/**
 * Writes a model as the bytes of its file.
 *
 * The tensors are the parameters, in the precision of their trainer. `extra` comes after them and after
 * the model's own facts.
 */
export async function encodeModel(
  { parameters, ...run }: WritableModel,
  extra: { readonly tensors: readonly Tensor[]; readonly facts: Facts } = {
    tensors: [],
    facts: {},
  },
): Promise<Uint8Array<ArrayBuffer>> {
  const own = parameters.map(({ name, shape, values }) => ({ name, shape, data: values }));
  const described = parameters.map(({ name, hasHistogram, hasPictures }) => {
    return { name, hasHistogram, hasPictures };
  });
  const facts = { format: FORMAT, ...run, parameters: described, ...extra.facts };
  return await sealedFile([...own, ...extra.tensors], facts);
}

/** Reads a model from the bytes of its file; returns the reason if it is not valid. */
export async function decodeModel(file: Uint8Array<ArrayBuffer>): Promise<StoredModel | string> {
  const opened = await openSealed(file);
  if (typeof opened === "string") return opened;
  const { format, key, digest, trainer, version, parameters: described } = opened.facts;
  if (format !== FORMAT) return `its format is not ${FORMAT}`;
  if (typeof key !== "string" || typeof digest !== "string" || typeof trainer !== "string") {
    return "it does not say which run it is of";
  }
  if (typeof version !== "string" && typeof version !== "number") return "it has no version";
  const parameters = parametersOf(opened.tensors, described);
  if (!parameters) return "it does not have the parameters that it lists";
  return { key, digest, trainer, version, parameters };
}

/** The tensors that are described as parameters; undefined if one is missing. */
export function parametersOf(
  tensors: readonly Tensor[],
  described: unknown,
): Parameter[] | undefined {
  if (!Array.isArray(described)) return undefined;
  const named = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const parameters: Parameter[] = [];
  for (const parameter of described) {
    if (!isRecord(parameter)) return undefined;
    const { name, hasHistogram, hasPictures } = parameter;
    const tensor = named.get(String(name));
    const { data } = tensor ?? {};
    if (!tensor || !(data instanceof Float32Array || data instanceof Float64Array)) {
      return undefined;
    }
    parameters.push({
      name: tensor.name,
      shape: tensor.shape,
      values: data,
      ...hasHistogram !== undefined && { hasHistogram: hasHistogram === true },
      ...hasPictures !== undefined && { hasPictures: hasPictures === true },
    });
  }
  return parameters;
}
