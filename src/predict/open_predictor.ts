import { hyperparameterSchemas } from "../experiment/schema/hyperparameter_schemas.ts";
import { resolveConfig } from "../trainers/config.ts";
import type { Config } from "../trainers/hyperparameter.ts";
import { ownTrainer } from "../trainers/own_trainer.ts";
import type { Predictor } from "../trainers/predictor.ts";
import type { Trainer } from "../trainers/trainer.ts";
import { trainerContext } from "../trainers/trainer_context.ts";
import { BUILT_IN } from "../trainers/trainers.ts";
import { UserError } from "../user_error.ts";
import type { ModelFile } from "./read_models.ts";

/** What else predicting takes. */
export interface PredictorOptions {
  /** The file of the module that is the models' trainer; none if regsweep comes with their trainer. */
  readonly module?: string;
}

/**
 * Opens what predicts with some models of one trainer.
 *
 * @throws {UserError} If they are of several trainers, of another version of their trainer, or of one that
 * cannot predict, or have hyperparameters that it does not have; or if something is wrong with the module.
 */
export async function openPredictor(
  models: readonly ModelFile[],
  { module }: PredictorOptions = {},
): Promise<Predictor> {
  const [first] = models;
  const other = models.find(({ trainer, version }) => {
    return trainer !== first.trainer || version !== first.version;
  });
  if (other) {
    throw new UserError(
      `Cannot take the mean of ${first.path} and ${other.path}: they are of different trainers, or ` +
        "of different versions of one",
    );
  }
  const { trainer: name, version } = first;
  const fail = (reason: string, hint?: string, { path } = first) => {
    return new UserError({ message: `Cannot predict with ${path}: ${reason}`, hint });
  };
  const trainer = module === undefined ? builtIn(name) : await moduleTrainer(module);
  if (!trainer) {
    const message = `it is of trainer ${JSON.stringify(name)}, which regsweep does not come with`;
    throw fail(message, "name its module with --trainer");
  }
  if (trainer.name !== name) {
    throw fail(`it is of trainer ${name}, and ${module} is ${trainer.name}`);
  }
  if (trainer.version !== version) {
    throw fail(
      module === undefined
        ? `it is of version ${version} of ${name}, and this regsweep has ${trainer.version}`
        : `${module} is not what trained it: it was changed since`,
    );
  }
  if (!trainer.predictor) {
    throw fail(
      module === undefined
        ? `models of trainer ${name} cannot predict other tables`
        : `${module} has no predict()`,
    );
  }
  for (const model of models) {
    const key = wrongKey(trainer, model.config);
    if (key !== undefined) throw fail(`its ${key} is none of ${name}`, undefined, model);
  }
  const predictor = await trainer.predictor(await trainerContext([trainer], undefined));
  return {
    // A hyperparameter that a later version has added was at its default.
    predict: (model, rows) => {
      return predictor.predict({ ...model, config: resolveConfig(trainer, model.config) }, rows);
    },
    [Symbol.dispose]: () => predictor[Symbol.dispose](),
  };
}

/** A hyperparameter that the trainer does not have, or whose value it does not take. */
function wrongKey({ hyperparameters }: Trainer, config: Config): string | undefined {
  const rows = new Map(hyperparameters.map((row) => [row.key, row]));
  return Object.keys(config).find((key) => {
    const row = rows.get(key);
    return !row || !hyperparameterSchemas(row).value.safeParse(config[key]).success;
  });
}

function builtIn(name: string): Trainer | undefined {
  return BUILT_IN.has(name) ? BUILT_IN.named(name) : undefined;
}

/** @throws {UserError} If anything is wrong with the module. */
async function moduleTrainer(path: string): Promise<Trainer> {
  const { readModule } = await import("../trainers/module/read_module.ts");
  return ownTrainer(await readModule(path));
}
