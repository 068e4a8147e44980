import type { Task } from "../measures/measure.ts";
import type { Hyperparameter } from "../trainers/hyperparameter.ts";
import type { OwnCode } from "../trainers/own_code.ts";
import type { TrainerName } from "../trainers/trainer.ts";

/** What reports and texts have to know of a user's own trainer; its files lie beside the manifest. */
export interface OwnDescription {
  readonly name: TrainerName;
  readonly kind: OwnCode["kind"];
  /** Empty if it needs no dataset. */
  readonly tasks: readonly Task[];
  readonly hyperparameters: readonly Hyperparameter[];
  /** Of a module: the packages that it imports, each with its version; absent if there are none. */
  readonly packages?: readonly string[];
  /** Of a module: what its results may depend on besides its code; absent if nothing. */
  readonly allow?: readonly string[];
  /** Of a program: how it is started. */
  readonly command?: readonly string[];
  /** Of a program: present if running it again may give other results. */
  readonly deterministic?: false;
}

/** Describes a user's own trainer. */
export function describeOwnCode(code: OwnCode): OwnDescription {
  const { name, kind, tasks, hyperparameters } = code;
  const described = { name, kind, tasks, hyperparameters };
  if (code.kind === "program") {
    const { command, deterministic } = code;
    return { ...described, command, ...!deterministic && { deterministic } };
  }
  const { packages, allow } = code;
  return {
    ...described,
    ...packages.length > 0 && { packages },
    ...allow.length > 0 && { allow },
  };
}
