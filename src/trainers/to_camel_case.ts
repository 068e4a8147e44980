import type { Config, HyperparameterValue } from "./hyperparameter.ts";

/** The same values under the camelCase names that code uses: `l1_penalty` is `l1Penalty`. */
export function toCamelCase(config: Config): Readonly<Record<string, HyperparameterValue>> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
