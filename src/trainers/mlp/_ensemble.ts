import {
  checkCopies,
  copyKept,
  type KeptBytes,
  type KeptCopies,
  restoreKept,
} from "../kept_bytes.ts";
import { layerParameters, trainedLayers } from "../trained_layer.ts";
import type { Parameter } from "../training.ts";
import { UnfitState } from "../unfit_state.ts";
import type { SavableParameters } from "./_early_stopping.ts";
import type { MlpParameters } from "./_mlp_parameters.ts";
import { cyclesBefore, mostMembers } from "./mlp_cycles.ts";
import type { MlpConfig } from "./mlp_config.ts";
import type { WeightSums } from "./parameter_block.ts";

/** What the names of a snapshot's parameters begin with. */
const SNAPSHOT = /^snapshot\d+\./;

/**
 * The members of a model: the parameters in the kernels' memory, and snapshots, which are copies of what
 * was there at the ends of the last cycles of restarts. There are none before the first cycle has
 * ended.
 *
 * A snapshot is what an evaluation at the end of its cycle is of, and nothing acts on it afterwards. An
 * evaluation at the end of a cycle counts that model once, since its snapshot is taken after it.
 *
 * Source: Huang et al., Snapshot ensembles: train 1, get M for free (2017), section 3.
 */
export class Ensemble implements SavableParameters {
  readonly #config: MlpConfig;
  /** How many members there are at most. */
  readonly #most: number;
  readonly #parameters: MlpParameters;
  /** The earliest first. */
  #snapshots: readonly KeptCopies[] = [];

  constructor(config: MlpConfig, parameters: MlpParameters) {
    this.#config = config;
    this.#most = mostMembers(config);
    this.#parameters = parameters;
  }

  /** How many members there are. */
  get size(): number {
    return this.#snapshots.length + 1;
  }

  /** Whether the model before step `step` becomes a snapshot. */
  isDue(step: number): boolean {
    return this.#most > 1 &&
      cyclesBefore(this.#config, step + 1) > cyclesBefore(this.#config, step);
  }

  /** Makes a snapshot of the parameters in the memory, in place of the earliest one if there are too many. */
  take(): void {
    const all = [...this.#snapshots, this.#parameters.save()];
    this.#snapshots = all.slice(1 - this.#most);
  }

  /** Visits the members while their parameters are in the memory; those that are there now come last. */
  forEach(visit: () => void): void {
    if (this.#snapshots.length > 0) {
      const parameters = this.#parameters.saved();
      const own = copyKept(parameters);
      for (const snapshot of this.#snapshots) {
        restoreKept(parameters, snapshot);
        visit();
      }
      restoreKept(parameters, own);
    }
    visit();
  }

  /** The sums over the weights in the memory, and their means over the members. */
  weightSums(): { readonly own: WeightSums; readonly mean: WeightSums } {
    const all: WeightSums[] = [];
    this.forEach(() => void all.push(this.#parameters.weightSums()));
    const meanOf = (key: keyof WeightSums) =>
      all.reduce((sum, sums) => sum + sums[key], 0) / all.length;
    const mean = { l1: meanOf("l1"), squares: meanOf("squares"), sparsity: meanOf("sparsity") };
    return { own: all[all.length - 1], mean };
  }

  /**
   * Copies of all parameters: those in the memory as `layer0.weight`, …, then snapshots as
   * `snapshot0.layer0.weight`, …
   */
  trained(): Parameter[] {
    const members: Parameter[][] = [];
    this.forEach(() => {
      members.push(layerParameters(this.#parameters.trainedLayers()));
    });
    const snapshots = members.slice(0, -1).flatMap((parameters, n) => {
      // Histograms and pictures are of the other one.
      return named(n, parameters.map(({ name, shape, values }) => ({ name, shape, values })));
    });
    return [...members[members.length - 1], ...snapshots];
  }

  /**
   * Sets all members to those that `trained()` would then give.
   *
   * @throws {UnfitState} If they are not the parameters of such a model.
   */
  load(parameters: readonly Parameter[]): void {
    const { layers } = this.#parameters;
    const groups = Map.groupBy(parameters, ({ name }) => SNAPSHOT.exec(name)?.[0] ?? "");
    const loadMember = (prefix: string) => {
      const member = (groups.get(prefix) ?? []).map((parameter) => {
        return { ...parameter, name: parameter.name.slice(prefix.length) };
      });
      this.#parameters.load(trainedLayers(member, layers));
    };
    const count = groups.size - (groups.has("") ? 1 : 0);
    if (count >= this.#most) {
      const most = this.#most - 1;
      throw new UnfitState(`A model must have at most ${most} snapshots; it has ${count}`);
    }
    this.#snapshots = Array.from({ length: count }, (_, n) => {
      loadMember(`snapshot${n}.`);
      return this.#parameters.save();
    });
    loadMember("");
  }

  save(): KeptCopies {
    const snapshots = this.#kept().map(({ name, bytes }) => [name, bytes] as const);
    return { ...this.#parameters.save(), ...Object.fromEntries(snapshots) };
  }

  restore(saved: KeptCopies): void {
    const parameters = this.#parameters.saved();
    this.#reserve(Object.keys(saved).length / parameters.length - 1);
    restoreKept([...parameters, ...this.#kept()], saved);
  }

  /** @throws {UnfitState} If copies are not what `save()` returns before step `step`. */
  check(saved: KeptCopies, step: number): void {
    const parameters = this.#parameters.saved();
    const snapshots = Array.from(
      { length: this.#countBefore(step) },
      (_, n) => named(n, parameters),
    );
    checkCopies([...parameters, ...snapshots.flat()], saved);
  }

  /** The snapshots that live on to step `step`; if they were not taken, there is room for them. */
  kept(step: number): KeptBytes[] {
    const count = this.#countBefore(step);
    if (this.#snapshots.length !== count) this.#reserve(count);
    return this.#kept();
  }

  #kept(): KeptBytes[] {
    return this.#snapshots.flatMap((snapshot, n) => {
      const parameters = Object.entries(snapshot).map(([name, bytes]) => ({ name, bytes }));
      return named(n, parameters);
    });
  }

  /** Makes room for snapshots, whose bytes are to be set; those that there were stay as they are. */
  #reserve(count: number): void {
    this.#snapshots = Array.from({ length: count }, () => this.#parameters.save());
  }

  #countBefore(step: number): number {
    return Math.min(cyclesBefore(this.#config, step), this.#most - 1);
  }
}

/** Values by the names that they have in a snapshot. */
function named<T extends { readonly name: string }>(snapshot: number, values: readonly T[]): T[] {
  return values.map((value) => ({ ...value, name: `snapshot${snapshot}.${value.name}` }));
}
