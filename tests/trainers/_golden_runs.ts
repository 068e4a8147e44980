import type { Config } from "../../src/trainers/hyperparameter.ts";

// These are results that people may have stored. Only a change that is meant to change numbers may
// change a digest here, and it bumps MLP_VERSION; nothing may change a key and not the version.

/** Short runs on the digits: what they change of the defaults, and what came out. */
export const GOLDEN: readonly { values: Config; key: string; digest: string }[] = [
  { values: {}, key: "ac9792a2739d55d7", digest: "fda9e46f9ea88a9d" },
  {
    values: { hidden: [128, 128], steps: 10 },
    key: "009b4441cdea2c36",
    digest: "50567b9ffa2429ca",
  },
  { values: { l1_penalty: 3e-4 }, key: "de55bdbb1591ddec", digest: "547278a0cc6c447c" },
  { values: { l2_penalty: 0.01 }, key: "ed7be8175ae9fae8", digest: "e223380d070b8ae1" },
  {
    values: { weight_decay: 0.02, momentum: 0.5 },
    key: "b0df1bf78520ebf7",
    digest: "045ecf75cfd223f6",
  },
  { values: { dropout: 0.2 }, key: "fcbf910c27b59731", digest: "5f0dbf3750e56b09" },
  {
    values: { dropout: [0, 0.4], batch_size: 32, momentum: 0.9 },
    key: "3b6ac0725f732a09",
    digest: "e31c8dfa9ed1209a",
  },
  {
    values: { activation: ["relu", "identity"], dropout: [0, 0.05] },
    key: "fe50e3fd9d96cf03",
    digest: "0595cc1c508eaeaf",
  },
  {
    values: { prune_threshold: 0.5, prune_period: 7 },
    key: "8729223858c86228",
    digest: "1c2f7880a147ba3d",
  },
  { values: { clip_gradient: 0.005 }, key: "4899cc62d4bcaae7", digest: "268b4a21c0cfb6dd" },
  {
    values: { activation: "tanh", init: "glorot", batch_size: 50 },
    key: "1cf081f1f7d16dee",
    digest: "0c042c6ccf18c197",
  },
  {
    values: { hidden: [], init: "normal", init_scale: 0.05 },
    key: "3d57a06f65f175c6",
    digest: "70723c9b0ab1096d",
  },
  {
    values: { hidden: [20, 12, 8], activation: "identity" },
    key: "bfe93d2ff22dbe18",
    digest: "a16dad23558dbd60",
  },
  {
    values: {
      activation: ["relu", "identity"],
      batch_size: 64,
      momentum: 0.9,
      clip_gradient: 0.5,
      l1_penalty: 1e-4,
      l2_penalty: 1e-3,
      weight_decay: 1e-3,
      dropout: [0.1, 0.3],
      prune_threshold: 0.2,
      prune_period: 10,
    },
    key: "d18ebe1a1753032b",
    digest: "111ca30e4417e08a",
  },
  {
    values: { optimizer: "adam", learning_rate: 0.003 },
    key: "61950274b77c6324",
    digest: "79adb5331919bcbf",
  },
  {
    values: {
      optimizer: "adam",
      learning_rate: 0.01,
      beta1: 0.8,
      beta2: 0.9,
      epsilon: 1e-4,
      weight_decay: 0.1,
      l2_penalty: 1e-3,
    },
    key: "f84c239852c4b1af",
    digest: "e4398c0604077f92",
  },
  {
    values: { l1_penalty: 1e-3, l1_method: "proximal", momentum: 0.5 },
    key: "dbf0388db98f5e61",
    digest: "f82e0ea00d30ea10",
  },
  {
    values: { l1_penalty: 1e-3, l1_method: "proximal", optimizer: "adam", learning_rate: 0.003 },
    key: "24b574387f060075",
    digest: "d73fae661918fc34",
  },
  { values: { group_lasso: 0 }, key: "ac9792a2739d55d7", digest: "fda9e46f9ea88a9d" },
  { values: { group_lasso: 1e-3 }, key: "cb135c411a967475", digest: "3edb4d283dc781c9" },
  {
    values: { group_lasso: 6e-3, l1_method: "proximal", momentum: 0.9 },
    key: "4bce45c452385d7b",
    digest: "b96669ec4772ee23",
  },
  {
    values: { group_lasso: 0.01, l1_method: "proximal", optimizer: "adam", learning_rate: 0.01 },
    key: "9608098f137413eb",
    digest: "dd4acdac9584e225",
  },
  { values: { max_norm: 1.2 }, key: "8cac724a8e323944", digest: "b3fc1a987e696701" },
  { values: { label_smoothing: 0.1 }, key: "bb0654321e1478e2", digest: "15707427dcab2961" },
  { values: { input_noise: 0.5 }, key: "86789735eb7e3a4c", digest: "ae8caacbc4cacc81" },
  { values: { cutout: 0, cutout_share: 0.2 }, key: "ac9792a2739d55d7", digest: "fda9e46f9ea88a9d" },
  { values: { cutout: 0.5 }, key: "00456dc04734016d", digest: "df8712af325c170c" },
  {
    values: { cutout: 1, cutout_share: 0.4, batch_size: 50 },
    key: "c90a4704522bf040",
    digest: "2de884a2aae026ca",
  },
  { values: { mixup: 0.4 }, key: "84ad7dc16b2d46d0", digest: "0ae5ad63736678f4" },
  {
    values: { mixup: 2, class_weight: "balanced", label_smoothing: 0.1, batch_size: 50 },
    key: "94b964e1768058a6",
    digest: "81f2944c88127759",
  },
  { values: { cutmix: 0.5 }, key: "14e4473f995afbf8", digest: "2551a53b736aba96" },
  {
    values: { cutmix: 0.5, mixup: 0.4, cutout: 0.5, input_noise: 0.1, batch_size: 50 },
    key: "d07ee419fc605004",
    digest: "eeaf80a0a2e0b2a7",
  },
  {
    values: { adversarial: 0, adversarial_weight: 0.5 },
    key: "ac9792a2739d55d7",
    digest: "fda9e46f9ea88a9d",
  },
  { values: { adversarial: 0.1 }, key: "d61e33789f7d3f7c", digest: "ab979edab27a9031" },
  {
    values: { adversarial: 0.2, adversarial_weight: 0.7, dropout: 0.1, batch_size: 50 },
    key: "6d8a9b9e562a37e2",
    digest: "f23d5572f4803693",
  },
  {
    values: { early_stopping: 1, learning_rate: 1, evaluate_every: 1 },
    key: "e953597524420ba1",
    digest: "3a32370617fa93b2",
  },
  {
    values: {
      batch_size: 50,
      max_norm: 1.3,
      label_smoothing: 0.05,
      input_noise: 0.2,
      dropout: 0.1,
      early_stopping: 2,
      optimizer: "adam",
      learning_rate: 0.02,
      l1_penalty: 1e-4,
      l1_method: "proximal",
      evaluate_every: 2,
      steps: 60,
    },
    key: "6330c56a24b80544",
    digest: "b1d06a1cb9968486",
  },
  { values: { class_weight: "balanced" }, key: "264753ff564ab682", digest: "e494e925fb4431d5" },
  {
    values: { class_weight: "{0: 3, 8: 0.5}", batch_size: 50, label_smoothing: 0.1 },
    key: "50b31509bf48f297",
    digest: "6efd7c6d25fe256b",
  },
  {
    values: { class_weight: "none", loss: "squared" },
    key: "ac9792a2739d55d7",
    digest: "fda9e46f9ea88a9d",
  },
  {
    values: { "schedule": "cosine", "warm_up": 5 },
    key: "4f51d8d2cfe8f7e7",
    digest: "1e3678355f81be08",
  },
  {
    values: {
      "schedule": "step",
      "schedule_period": 10,
      "step_factor": 0.3,
      "optimizer": "adam",
      "learning_rate": 0.01,
    },
    key: "37f3a6e1426e311c",
    digest: "8bd5c75552c56139",
  },
  {
    values: {
      "schedule": "restarts",
      "schedule_period": 6,
      "cycle_factor": 2,
      "momentum": 0.9,
      "batch_size": 50,
    },
    key: "e8a7c35cf9bc2d3a",
    digest: "872f6e5e3f790366",
  },
  { values: { learning_rate: 1e30 }, key: "4e168ebddb414247", digest: "8df5078c537f6dba" },
];
