import type { Config, HyperparameterValue } from "./hyperparameter.ts";

/** Every run asks for the names of the same hyperparameters. */
const names = new Map<string, string>();

/** The same values under the camelCase names that code uses: `l1_penalty` is `l1Penalty`. */
export function toCamelCase(config: Config): Readonly<Record<string, HyperparameterValue>> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [names.get(key) ?? nameOf(key), value]),
  );
}

function nameOf(key: string): string {
  const name = key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  names.set(key, name);
  return name;
}
