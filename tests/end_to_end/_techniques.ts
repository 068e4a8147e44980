import { join } from "node:path";
import { PROJECT } from "./_task.ts";
import type { Workspace } from "./_workspace.ts";

/** Part of an experiment: short runs of everything that trainers can do; one cell diverges. */
export const TECHNIQUES = `
fixed: { hidden: [12, 8, 8], steps: 20, evaluate_every: 10, max_steps: 4, disp_period: 2 }
grid:
  - l1_penalty: { log: [1.0e-4, 1.0e-2], count: 4 }
  - l2_penalty: [0, 0.01]
  - { l1_penalty: [0.01], l1_method: [proximal] }
  - dropout: [0.2]
  - { prune_threshold: [0.5], prune_period: [5] }
  - { weight_decay: [0.01], momentum: [0.9], clip_gradient: [0.01] }
  - { batch_size: [32], activation: [tanh], init: [glorot] }
  - { activation: [identity], init: [normal], init_scale: [0.1] }
  - { optimizer: [adam], beta1: [0.8], beta2: [0.99], epsilon: [1.0e-6] }
  - { class_weight: [balanced, { 3: 2, 8: 0.5 }] }
  - { max_norm: [1], label_smoothing: [0.1], input_noise: [0.1] }
  - { group_lasso: [0.01], l1_method: [gradient, proximal] }
  - { cutout: [0.5], cutout_share: [0.4] }
  - { cutmix: [0.5] }
  - { adversarial: [0.1], adversarial_weight: [0.7], dropout: [0.1] }
  - { mixup: [0.4], class_weight: [balanced] }
  - { batch_norm: [on], batch_norm_momentum: [0.5], batch_size: [32], l2_penalty: [0.01] }
  - { skip: [residual], activation: [[relu, identity, relu]], dropout: [0.1] }
  - { shake_drop: [0.7], skip: [residual], batch_norm: [on] }
  - { early_stopping: [1], learning_rate: [1, 1.0e+30] }
  - { lookahead_steps: [3], lookahead_rate: [0.6], prune_threshold: [0.5], prune_period: [5] }
  - { averaging_start: [8, 15], averaging_period: [2], optimizer: [sgd, adam], batch_size: [32] }
  - schedule: [step, cosine, restarts]
    schedule_period: [6]
    step_factor: [0.5]
    cycle_factor: [2]
    warm_up: [3]
  - { snapshots: [none, 3], schedule: [restarts], schedule_period: [6], batch_size: [32] }
  - trainer: notebook
    lambda_l1: [0.1]
    lambda_l2: [0.1]
    dropout_rate: [0.2]
    pruning_rate: [0.5]
    prune_period: [2]
    init_scale: [0.1]
    learning_rate: [0.1]
seeds: 2
`;
/** The same for a target that is a quantity; one cell diverges. */
export const OF_QUANTITIES = `
fixed: { hidden: [12, 8], steps: 20, evaluate_every: 10 }
grid:
  - { loss: [squared, huber], l2_penalty: [0, 0.01] }
  - { loss: [huber], l1_penalty: [0.01], l1_method: [proximal], batch_size: [32] }
  - { dropout: [0.2], activation: [[relu, identity]] }
  - { prune_threshold: [0.5], prune_period: [5], max_norm: [1] }
  - { optimizer: [adam], weight_decay: [0.1], input_noise: [0.1], batch_size: [17] }
  - { group_lasso: [0.01] }
  - { mixup: [1], cutmix: [0.5], adversarial: [0.1], loss: [huber] }
  - { snapshots: [2], schedule: [restarts], schedule_period: [6] }
  - { early_stopping: [1], learning_rate: [1, 1.0e+30] }
measures: [r2]
seeds: 2
`;
/** How many runs TECHNIQUES makes, and how many of them diverge. */
export const TECHNIQUE_RUNS = 76;
export const TECHNIQUES_DIVERGED = 2;

/** Writes an experiment with all techniques, on the digits. */
export async function techniquesExperiment(workspace: Workspace): Promise<string> {
  const dataset = `dataset: { path: ${join(PROJECT, "data/digits.csv")}, target: digit }`;
  return await workspace.write("points.yaml", `name: points\n${dataset}\n${TECHNIQUES}`);
}
