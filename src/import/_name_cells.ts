import { cellName } from "../experiment/cells/cell_name.ts";
import { BESIDE_SWEPT } from "../measures/fixed_columns.ts";
import type { ManifestCell, SweptKey } from "../results/manifest.ts";
import { parseValue } from "../results/parse_value.ts";
import type { HyperparameterValue } from "../trainers/hyperparameter.ts";
import { formatValue } from "../trainers/format_value.ts";
import { columnKey, columnLabel } from "./_column_key.ts";

/** The cells of a table of runs. */
export interface NamedCells {
  /** All different. */
  readonly cells: readonly ManifestCell[];
  readonly swept: readonly SweptKey[];
  /** By the place of a list of texts, the place of its cell: `0.1` and `0.10` are one. */
  readonly places: readonly number[];
}

/**
 * Names cells by the texts of their columns: several columns, or one of numbers, as sweeps name theirs,
 * `key=value key=value`; one of words by its words.
 *
 * @param columns The columns' names.
 * @param texts By cell, in the order of the columns; not all empty.
 */
export function nameCells(
  columns: readonly string[],
  texts: readonly (readonly string[])[],
): NamedCells {
  const isSwept = columns.length > 1 ||
    texts.every(([text]) => typeof parseValue(text) === "number");
  if (!isSwept) {
    const cells = texts.map(([name]) => ({ name, technique: name, values: {} }));
    return { cells, swept: [], places: texts.map((_, place) => place) };
  }
  const keys = keysOf(columns);
  const swept = columns.map((column, index) => ({
    key: keys[index],
    label: columnLabel(column, columns),
    regularizer: false,
  }));
  const cells: ManifestCell[] = [];
  const known = new Map<string, number>();
  const places = texts.map((own) => {
    const values = Object.fromEntries(own.map((text, index) => [keys[index], parseValue(text)]));
    // An empty field says that the column means nothing to the cell.
    const named = Object.entries(values).filter(([, value]) => value !== "");
    const name = cellName(Object.fromEntries(named));
    const place = known.get(name) ?? cells.length;
    if (place === cells.length) {
      known.set(name, place);
      cells.push({ name, technique: named.map(([key]) => key).join(" × "), values });
    }
    return place;
  });
  return { cells, swept, places };
}

function keysOf(columns: readonly string[]): string[] {
  const taken = new Set(BESIDE_SWEPT);
  // Where cells have different trainers, reports name these.
  taken.add("trainer");
  return columns.map((column, index) => {
    const key = columnKey(columnLabel(column, columns), { taken, fallback: `column_${index + 1}` });
    taken.add(key);
    return key;
  });
}

/**
 * The cell that a user means: by its name, or by its values, separated by commas or spaces and named by
 * columns, with or without their tool's prefix, or by keys: `params_lr=0.1, params_depth=3`.
 *
 * @returns Undefined if there is no such cell.
 */
export function findCell(
  typed: string,
  { cells, swept }: Pick<NamedCells, "cells" | "swept">,
  columns: readonly string[],
): ManifestCell | undefined {
  const exact = cells.find(({ name }) => name === typed);
  if (exact || swept.length === 0) return exact;
  if (swept.length === 1) {
    const [{ key }] = swept;
    const alone = formatValue(parseValue(typed));
    const found = cells.find(({ values }) => formatValue(values[key]) === alone);
    if (found) return found;
  }
  const wanted = typed.split(/,\s*|\s+(?=\S+=)/).map((pair) => {
    const [, name = "", text = ""] = pair.match(/^\s*(.+?)\s*=\s*(.*?)\s*$/s) ?? [];
    const meant = swept.find(({ key, label }, index) =>
      name === columns[index] || name === label || name === key
    );
    return [meant?.key ?? name, formatValue(parseValue(text))] as const;
  });
  const isMeant = (values: Readonly<Record<string, HyperparameterValue>>) => {
    const own = Object.entries(values).filter(([, value]) => value !== "");
    return own.length === wanted.length &&
      wanted.every(([key, text]) =>
        Object.hasOwn(values, key) && formatValue(values[key]) === text
      );
  };
  return cells.find(({ values }) => isMeant(values));
}
