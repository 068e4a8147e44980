import { formatValue } from "./format_value.ts";
import type { Config, Hyperparameter, HyperparameterValue } from "./hyperparameter.ts";
import type { TrainerDescription } from "./trainer.ts";

/** What has hyperparameters. */
type Configured = Pick<TrainerDescription, "hyperparameters">;

/**
 * All of a trainer's hyperparameters, in the table's order: the given values, else defaults. Those that
 * have neither are left out.
 */
export function resolveConfig(
  { hyperparameters }: Configured,
  values: Readonly<Record<string, HyperparameterValue>>,
): Config {
  return Object.fromEntries(
    hyperparameters.flatMap(({ key, default: standard }) => {
      const value = values[key] ?? standard;
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/**
 * The values of a config that are not defaults, in the table's order and in canonical form:
 * equivalent configs give equal results. Run keys are computed from it.
 */
export function configWithoutDefaults({ hyperparameters }: Configured, config: Config): Config {
  const values: Record<string, HyperparameterValue> = {};
  for (const row of hyperparameters) {
    const { key, default: standard } = row;
    const given = config[key] ?? standard;
    if (given === undefined) continue;
    const value = canonicalValue(row, given);
    const isDefault = standard !== undefined && formatValue(value) === formatValue(standard);
    if (!isDefault) values[key] = value;
  }
  return values;
}

/** The canonical form of a value: a per-layer list of equal values becomes that value. */
export function canonicalValue(
  row: Pick<Hyperparameter, "shape" | "default">,
  value: HyperparameterValue,
): HyperparameterValue {
  if (row.shape !== "per_layer" || typeof value !== "object") return value;
  if (value.length === 0) return row.default ?? value;
  return value.every((item) => item === value[0]) ? value[0] : value;
}

/** Gives the same text for two configs if and only if they agree in these hyperparameters. */
export function configIdentity(rows: readonly Hyperparameter[], config: Config): string {
  return rows.map((row) => formatValue(canonicalValue(row, config[row.key]))).join();
}
