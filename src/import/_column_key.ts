/** What other tools write before the names of settings and metrics. */
const PREFIX = /^(params?[._]|config[./]|metrics[._]|user_attrs_|summary[./])(?=.)/;

/** A column's name without its tool's prefix, unless another column then has the same. */
export function columnLabel(column: string, columns: readonly string[]): string {
  const short = column.replace(PREFIX, "");
  const isTaken = columns.some((other) => other !== column && other.replace(PREFIX, "") === short);
  return isTaken ? column : short;
}

/**
 * A name in snake_case, as the columns of result files have, that none of `taken` has:
 * `learningRate` becomes `learning_rate`.
 *
 * @param options.fallback The name of a column that has no letter of English.
 */
export function columnKey(
  name: string,
  { taken, fallback }: { readonly taken: ReadonlySet<string>; readonly fallback: string },
): string {
  const words = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^_+|_+$/g, "");
  const key = /^[a-z]/.test(words) ? words : words === "" ? fallback : `column_${words}`;
  if (!taken.has(key)) return key;
  let number = 2;
  while (taken.has(`${key}_${number}`)) number++;
  return `${key}_${number}`;
}
