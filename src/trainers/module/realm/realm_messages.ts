import type { GivenArray } from "../../given_array.ts";
import type { Config } from "../../hyperparameter.ts";
import type { ThreadSetup } from "./thread_setup.ts";

/** What the thread begins with in which a module trains. */
export interface RealmSetup extends ThreadSetup {
  /** The compiled functions of kernels/assembly/exact_math.ts. */
  readonly math: WebAssembly.Module;
}

/** Rows as they are sent to the thread, which owns them then. */
export interface RealmRows {
  readonly x: Float64Array<ArrayBuffer>;
  readonly y: Float64Array<ArrayBuffer>;
  readonly rows: number;
}

/** A run to train. */
export interface RealmRun {
  readonly kind: "run";
  readonly config: Config;
  readonly seed: number;
  /** What the names of its random streams begin with. */
  readonly source: string;
  /** The seconds after which its caller has given it up; absent if its caller waits. */
  readonly limitSeconds?: number;
  readonly data?: {
    readonly train: RealmRows;
    readonly validation: RealmRows;
    readonly features: number;
    readonly featureNames: readonly string[];
    readonly classes: readonly string[];
  };
  /** The rows that the final model is scored on, without their targets. */
  readonly test?: Pick<RealmRows, "x" | "rows">;
}

/** A finished model to predict rows with. */
export interface RealmModel extends Pick<RealmRun, "config" | "limitSeconds"> {
  readonly kind: "model";
  readonly parameters: readonly GivenArray[];
  readonly data: Pick<NonNullable<RealmRun["data"]>, "features" | "featureNames" | "classes">;
  readonly test: NonNullable<RealmRun["test"]>;
}

export type RealmRequest =
  | RealmRun
  | RealmModel
  /** The last evaluation arrived: the next one may be sent. */
  | { readonly kind: "received" };

/** Predictions of each part: class probabilities (rows, classes), or quantities (rows). */
export interface RealmScores {
  readonly train: Float64Array;
  readonly validation: Float64Array;
}

/** What was thrown, in parts. */
export interface RealmError {
  /** The name of its class, such as `TypeError`; empty for what is worded for users. */
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

export type RealmReply =
  | { readonly kind: "ready" }
  | { readonly kind: "message"; readonly text: string }
  | {
    readonly kind: "evaluation";
    readonly step: number;
    readonly measures: Readonly<Record<string, number>>;
    readonly scores?: RealmScores;
    /** True if a prediction is not finite: training stopped there. */
    readonly isDiverged: boolean;
  }
  | {
    readonly kind: "end";
    readonly parameters: readonly GivenArray[];
    readonly testScores?: Float64Array;
  }
  /** What a model predicts of the test rows. */
  | { readonly kind: "predicted"; readonly testScores: Float64Array }
  | { readonly kind: "failed"; readonly error: RealmError }
  /** The run was stopped, a while after its limit. */
  | { readonly kind: "late" };
