import type { Config } from "../../../src/trainers/hyperparameter.ts";

/** Configs of short runs that have every regularizer, for either task. */
export const TECHNIQUES: Record<string, Config> = {
  "no regularization": {},
  "L1": { l1_penalty: 0.001 },
  "L2": { l2_penalty: 0.01 },
  "dropout": { dropout: 0.3 },
  "pruning": { prune_threshold: 0.3, prune_period: 7 },
  "batches, momentum and decay": { batch_size: 16, momentum: 0.9, weight_decay: 0.01 },
  "tanh, glorot and clipping": { activation: "tanh", init: "glorot", clip_gradient: 0.01 },
  "dropout of few units": {
    hidden: [9, 11],
    activation: ["relu", "identity"],
    dropout: [0, 0.1],
    batch_size: 23,
  },
  "linear layers in a row": { hidden: [9, 8, 7], activation: ["relu", "identity", "identity"] },
  "Adam, with a norm limit": { optimizer: "adam", learning_rate: 0.02, max_norm: 0.8 },
  "Adam, with proximal L1": { optimizer: "adam", l1_penalty: 0.003, l1_method: "proximal" },
  "proximal L1 and momentum": { l1_penalty: 0.001, l1_method: "proximal", momentum: 0.8 },
  "group lasso": { group_lasso: 0.003 },
  "proximal group lasso": { group_lasso: 0.003, l1_method: "proximal", momentum: 0.5 },
  "Adam, with proximal L1 and group lasso": {
    optimizer: "adam",
    l1_penalty: 0.001,
    group_lasso: 0.003,
    l1_method: "proximal",
  },
  "input noise on batches": { input_noise: 0.4, batch_size: 16 },
  "input noise on all rows": { input_noise: 0.2, evaluate_every: 1 },
  "cut-out of batches": { cutout: 0.6, batch_size: 16 },
  "cut-out and noise on all rows": { cutout: 0.5, cutout_share: 0.4, input_noise: 0.1 },
  "mixup of batches": { mixup: 0.4, batch_size: 16 },
  "mixup, cut-out and noise on all rows": { mixup: 2, cutout: 0.5, input_noise: 0.1 },
  "cut-mix of batches": { cutmix: 0.6, batch_size: 16 },
  "cut-mix, mixup, cut-out and noise": { cutmix: 0.5, mixup: 1, cutout: 0.5, input_noise: 0.1 },
  "adversarial training of batches, with dropout": {
    adversarial: 0.2,
    dropout: 0.2,
    batch_size: 16,
  },
  "adversarial training on all rows": {
    ...{ adversarial: 0.1, adversarial_weight: 0.8, evaluate_every: 1 },
  },
  "adversarial training where layers are passed as one": {
    hidden: [9, 11],
    activation: "identity",
    dropout: 0.1,
    ...{ adversarial: 0.2, batch_size: 23, mixup: 1 },
  },
  "early stopping": { early_stopping: 1, learning_rate: 1.5, evaluate_every: 1 },
  "a cosine after warm-up": { schedule: "cosine", warm_up: 4, momentum: 0.9, weight_decay: 0.01 },
  "restarts, with proximal group lasso": {
    schedule: "restarts",
    schedule_period: 4,
    cycle_factor: 2,
    group_lasso: 0.003,
    l1_method: "proximal",
  },
  "Adam with steps, with proximal L1": {
    optimizer: "adam",
    learning_rate: 0.02,
    schedule: "step",
    schedule_period: 9,
    step_factor: 0.3,
    warm_up: 3,
    l1_penalty: 0.003,
    l1_method: "proximal",
  },
  "no hidden layer": { hidden: [], init: "normal" },
};

/** Those that only classes have. */
export const OF_CLASSES: Record<string, Config> = {
  "label smoothing and input noise": { label_smoothing: 0.1, input_noise: 0.4, batch_size: 16 },
  "balanced classes": { class_weight: "balanced" },
  "weighted classes in batches, smoothed": {
    class_weight: "{0: 3, 2: 0.5}",
    batch_size: 17,
    label_smoothing: 0.2,
  },
  "mixup and cut-mix of weighted classes in batches, smoothed": {
    class_weight: "{0: 3, 2: 0.5}",
    batch_size: 17,
    label_smoothing: 0.2,
    ...{ mixup: 1, cutmix: 0.5 },
  },
};
