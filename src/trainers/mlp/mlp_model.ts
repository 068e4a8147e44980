import { type Kernels, lanesOf } from "../../kernels/kernels.ts";
import { countClasses } from "../../measures/class_counts.ts";
import type { ClassCounts } from "../../measures/measure.ts";
import { reserveAdam } from "./_adam.ts";
import { Ensemble } from "./_ensemble.ts";
import { errorLoss } from "./_error_loss.ts";
import type { KeptBytes } from "../kept_bytes.ts";
import { MlpParameters } from "./_mlp_parameters.ts";
import type { OutputLoss, OutputRows, Outputs, Totals } from "./_output_loss.ts";
import { rateSchedule } from "./_rate_schedule.ts";
import { rowLoss } from "./_row_loss.ts";
import { reserveStages } from "./_reserve_stages.ts";
import { ResultMoments } from "./_result_moments.ts";
import { reserveSgd } from "./_sgd.ts";
import { softmaxLoss } from "./_softmax_loss.ts";
import type { Stage } from "./_stage.ts";
import type { Arena } from "./arena.ts";
import type { MlpConfig } from "./mlp_config.ts";
import type { Optimizer } from "./optimizer.ts";
import type { WeightSums } from "./parameter_block.ts";
import { Followers } from "./regularizers/followers.ts";
import { Regularization } from "./regularizers/regularization.ts";
import type { Panels, PassMode, Rows } from "./rows.ts";

const OPTIMIZERS = { sgd: reserveSgd, adam: reserveAdam };

/** The sizes that a model is laid out for. */
export interface ModelShape {
  readonly features: number;
  /** 1 if the target is a quantity. */
  readonly classes: number;
  /** Rows of a training step. */
  readonly batchRows: number;
  /** The maximum number of rows in a pass. */
  readonly capacity: number;
}

/**
 * A multilayer perceptron: one forward and backward pass in kernels, and the update.
 *
 * Build it, let the arena allocate, then call `parameters.initialize()`.
 */
export class MlpModel {
  readonly #kernels: Kernels;
  readonly #config: MlpConfig;
  /** Those that are trained, unless others are in their place. */
  readonly parameters: MlpParameters;
  /** The parameters, with the snapshots that are averaged with them. */
  readonly ensemble: Ensemble;
  readonly #stages: readonly Stage[];
  readonly #regularization: Regularization;
  readonly #optimizer: Optimizer;
  readonly #followers: Followers;
  readonly #moments: ResultMoments;
  readonly #rateOf: (step: number) => number;
  /** The step that `beginStep()` has begun. */
  #step = 0;
  readonly #loss: OutputLoss;

  constructor(kernels: Kernels, arena: Arena, config: MlpConfig, shape: ModelShape) {
    this.#kernels = kernels;
    this.#config = config;
    const { features, classes, batchRows, capacity } = shape;
    const widths = [features, ...config.hidden, classes];
    const size = 16 / lanesOf(kernels.precision);
    this.parameters = new MlpParameters(kernels, arena, config, widths);
    this.ensemble = new Ensemble(config, this.parameters);
    const noBias = arena.region(Math.max(...widths) * size + 64);
    this.#stages = reserveStages(kernels, arena, config, this.parameters, {
      batchRows,
      capacity,
      noBias,
    });
    const { blocks } = this.parameters;
    this.#regularization = new Regularization(kernels, arena, config, blocks);
    const { terms } = this.#regularization;
    this.#optimizer = OPTIMIZERS[config.optimizer](kernels, arena, config, { blocks, terms });
    this.#followers = new Followers(kernels, arena, config, blocks);
    this.#moments = new ResultMoments(kernels, this.#stages);
    this.#rateOf = rateSchedule(config);
    const loss = classes > 1
      ? softmaxLoss(kernels, arena, { classes, labelSmoothing: config.labelSmoothing })
      : errorLoss(kernels, arena, config.loss);
    const isMixed = config.mixup > 0 || config.cutmix > 0;
    this.#loss = rowLoss(kernels, arena, loss, { rows: batchRows, width: classes, isMixed });
  }

  /** Whether `forward()` gives other outputs in training than in evaluation. */
  get differsInTraining(): boolean {
    const { dropout, batchNorm, shakeDrop } = this.#config;
    return dropout.some((rate) => rate > 0) || batchNorm === "on" || shakeDrop > 0;
  }

  /**
   * Computes the outputs of rows; in training with dropout, shake-drop and the rows' own moments. Once
   * more in training, with other values of the rows and the same weights, it draws nothing: it drops the
   * same units again, and running moments stay.
   */
  forward(rows: Rows, mode: PassMode): void {
    let x: Panels = rows;
    for (const stage of this.#stages) x = stage.forward(x, rows.count, mode);
  }

  /**
   * Computes the outputs of rows that evaluations and predictions are of: of several members, those
   * whose scores are the mean of the members' scores.
   */
  predict(rows: Rows): void {
    if (this.ensemble.size === 1) return this.forward(rows, "evaluation");
    const { width } = this.#outputRows();
    const scores = new Float64Array(rows.count * width);
    const means = new Float64Array(scores.length);
    this.ensemble.forEach(() => {
      this.forward(rows, "evaluation");
      this.writeScores(rows, scores);
      for (let n = 0; n < means.length; n++) means[n] += scores[n];
    });
    for (let n = 0; n < means.length; n++) means[n] /= this.ensemble.size;
    this.#loss.writeOutputs(means, rows.count, this.#outputRows());
  }

  /** Adds what an evaluation needs of the rows that `predict()` took; no factors of rows. */
  evaluate(rows: Rows, totals: Totals): void {
    this.#loss.evaluate(this.#outputs(rows), rows, totals);
  }

  /** The class predicted for each row that `predict()` took: the first of equally likely ones. */
  predictions(rows: Rows): Int32Array {
    const { values, startOf, lanes, width } = this.#outputRows();
    return Int32Array.from({ length: rows.count }, (_, row) => {
      const start = startOf(row);
      let best = 0;
      for (let o = 1; o < width; o++) {
        if (values[start + o * lanes] > values[start + best * lanes]) best = o;
      }
      return best;
    });
  }

  /** Adds the rows that `predict()` took to counts of the predicted classes. */
  countPredictions({ targets, count }: Rows, counts: ClassCounts): void {
    const { values, startOf, lanes, width: classes } = this.#outputRows();
    const actual = new Int32Array(this.#kernels.memory.buffer, targets, count);
    const panelStride = this.#last.stride / values.BYTES_PER_ELEMENT;
    countClasses(counts, actual, { values, start: startOf(0), panelStride, lanes, classes });
  }

  /**
   * Writes what the rows that `predict()` took are predicted to be to the start of `scores`: class
   * probabilities (rows, classes), row-major, or standardized quantities (rows).
   */
  writeScores({ count }: Rows, scores: Float64Array): void {
    this.#loss.writeScores(this.#outputRows(), count, scores);
  }

  /** The outputs for the rows that `forward()` took. */
  #outputs({ count }: Rows): Outputs {
    const panels = Math.ceil(count / lanesOf(this.#kernels.precision));
    return { ...this.#last.outputs, panels };
  }

  /** The same, row by row. */
  #outputRows(): OutputRows {
    const { outputs: { values: h, stride }, affine: { outputs: width } } = this.#last;
    const { memory: { buffer }, precision } = this.#kernels;
    const lanes = lanesOf(precision);
    const values = precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
    const size = values.BYTES_PER_ELEMENT;
    const startOf = (row: number) => {
      return (h + Math.floor(row / lanes) * stride) / size + row % lanes;
    };
    return { values, startOf, lanes, width };
  }

  /**
   * Computes the gradient of the mean loss over the rows that `forward()` took in training, with
   * their factors and what they are mixed with.
   *
   * @param inputGradient Where that of the rows is written, in lane panels as theirs; left out if
   * absent.
   */
  backward(rows: Rows, inputGradient?: number): void {
    this.#loss.backward(this.#outputs(rows), rows);
    for (let n = this.#stages.length - 1; n >= 0; n--) {
      const dx = n === 0 ? inputGradient : this.#stages[n - 1].gradient;
      this.#stages[n].backward(rows.count, dx);
    }
  }

  /**
   * Applies the regularizers that act before step `step` and its evaluation; returns whether there are
   * any.
   */
  beginStep(step: number): boolean {
    this.#step = step;
    if (step === 0) this.#followers.follow(0);
    const hasActed = this.#regularization.beginStep(step);
    if (hasActed) this.#followers.prune();
    return hasActed;
  }

  /**
   * Updates all parameters from their gradients with the optimizer and the regularizers, at the learning
   * rate of the step that has begun.
   */
  update(): void {
    this.#regularization.addGradients();
    this.#optimizer.update(this.#rateOf(this.#step));
    this.#regularization.finishUpdate(this.#optimizer);
    this.#followers.follow(this.#step + 1);
  }

  /**
   * Exchanges the trained parameters and those that evaluations and results before step `step` are of,
   * with the moments of batch normalization; calling it again undoes it. Returns false if they are the
   * same.
   *
   * @param chunks All training rows, pass by pass.
   */
  exchangeResult(step: number, chunks: readonly Rows[]): boolean {
    const isOther = this.#followers.exchange(step);
    if (isOther) this.#moments.exchange(chunks);
    return isOther;
  }

  /**
   * Takes a snapshot of the result before step `step` if a cycle ends there; to be called after what acts
   * before the step, and after its evaluation.
   *
   * @param chunks All training rows, pass by pass.
   */
  takeSnapshot(step: number, chunks: readonly Rows[]): void {
    if (!this.ensemble.isDue(step)) return;
    this.exchangeResult(step, chunks);
    this.ensemble.take();
    this.exchangeResult(step, chunks);
  }

  /** What lives on to step `step`, before anything that it does. */
  kept(step: number): KeptBytes[] {
    return [
      ...this.parameters.kept(),
      ...this.#optimizer.kept(),
      ...this.#followers.kept(step),
      ...this.ensemble.kept(step),
    ];
  }

  /**
   * The regularizers' contribution to the mean loss in training, from sums over the current
   * weights.
   */
  penalty(sums: WeightSums): number {
    return this.#regularization.penalty(sums);
  }

  get #last(): Stage {
    return this.#stages[this.#stages.length - 1];
  }
}
