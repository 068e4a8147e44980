import { formatValue } from "../../trainers/format_value.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { TrainerName } from "../../trainers/trainer.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import type { Problem } from "../../user_error.ts";
import type { Selector } from "../cells/filter_cells.ts";
import {
  anyOf,
  comparison,
  comparisonWithAny,
  type Condition,
  isOrder,
  type Operator,
  type Pattern,
  valuesOf,
} from "../cells/pattern.ts";
import { readTerms, readValue, scalarsIn } from "../cells/pattern_terms.ts";
import { hyperparameterOrTrainer } from "../schema/hyperparameter_or_trainer.ts";
import { isNumeric, type WrittenCondition } from "../schema/hyperparameter_schemas.ts";
import type { WrittenPattern, WrittenPatterns } from "../schema/pattern_schema.ts";
import { hintFor } from "../schema/schema_problems.ts";
import {
  preparationEntries,
  type TableEntry,
  tableSchemas,
  trainerEntry,
} from "../schema/table_schemas.ts";
import { unknownHyperparameter } from "../schema/unknown_hyperparameter.ts";
import { NO_LEADING_ZERO, withoutLeadingZeros } from "../source/leading_zeros.ts";
import { listed } from "../source/swept_keys.ts";
import type { NodePath, YamlSource } from "../source/yaml_source.ts";

/** The names of cells without swept keys. */
const NAMES_WITHOUT_KEYS = ["all", "fixed"];

/** A selector and how it is written. */
export interface WrittenSelector extends Selector {
  readonly path: NodePath;
  readonly text: string;
}

/** Reads patterns, and collects what is wrong with them. */
export class PatternReader {
  readonly problems: Problem[] = [];

  readonly #trainers: Trainers;
  readonly #table: readonly TableEntry[];
  readonly #source: YamlSource;

  /** @param names Of the trainers that combinations may have. */
  constructor(trainers: Trainers, names: readonly TrainerName[], source: YamlSource) {
    this.#trainers = trainers;
    this.#table = [
      trainerEntry(trainers),
      ...preparationEntries(),
      ...tableSchemas(trainers, names),
    ];
    this.#source = source;
  }

  selectors(
    section: string,
    written: WrittenPatterns | undefined,
  ): readonly WrittenSelector[] {
    return listed<WrittenPattern | string>(written ?? [], [section]).map(({ item, path }) => {
      return { ...this.#selector(item, path), path, text: formatPattern(item, this.#trainers) };
    });
  }

  pattern(written: WrittenPattern | string, path: NodePath): Pattern {
    if (typeof written !== "string") {
      return Object.entries(written).map(([key, condition]) => {
        return [key, this.#condition(key, condition, [...path, key])];
      });
    }
    const terms = readTerms(written);
    if (!terms) {
      this.#reject(path, "it is neither a cell's name nor a pattern, such as dropout>0.5 init=he");
    }
    return (terms ?? []).map(({ key, operator, operands }) => {
      return [key, this.#comparison(key, operator, operands, path)];
    });
  }

  #selector(written: WrittenPattern | string, path: NodePath): Selector {
    if (typeof written !== "string") return { pattern: this.pattern(written, path) };
    if (NAMES_WITHOUT_KEYS.includes(written)) return { name: new Map() };
    const pattern = this.pattern(written, path);
    const terms = readTerms(written) ?? [];
    return terms.every(({ operator }) => operator === "=")
      ? { name: new Map(terms.map(({ key, text }) => [key, text])), pattern }
      : { pattern };
  }

  #condition(key: string, written: WrittenCondition, path: NodePath): Condition {
    const row = hyperparameterOrTrainer(key, this.#trainers);
    const [, operator, operand] = typeof written === "string"
      ? written.match(/^(<=?|>=?|!=)\s*(.*?)\s*$/s) ?? []
      : [];
    if (operator !== undefined) return this.#comparison(key, operator as Operator, [operand], path);
    return anyOf(valuesOf(row, written).map((value) => comparison(row, "=", value)));
  }

  #comparison(
    key: string,
    operator: Operator,
    texts: readonly string[],
    path: NodePath,
  ): Condition {
    const entry = this.#table.find((entry) => entry.key === key);
    const row = hyperparameterOrTrainer(key, this.#trainers);
    if (!entry) {
      const known = this.#table.map((entry) => entry.key);
      const unknown = unknownHyperparameter(key, known, this.#trainers);
      this.problems.push({ ...unknown, place: this.#source.place(path) });
    }
    if (isOrder(operator) && texts.length > 1) {
      this.#reject(path, `${operator} compares with one number, not with one of several`);
    }
    const operands = texts.map((text) => {
      return entry ? this.#operand(entry, operator, text, path) : readValue(text, row);
    });
    return comparisonWithAny(row, operator, operands);
  }

  #operand(
    { key, schemas }: TableEntry,
    operator: Operator,
    text: string,
    path: NodePath,
  ): HyperparameterValue {
    const row = hyperparameterOrTrainer(key, this.#trainers);
    const operand = readValue(text, row);
    const plain = scalarsIn(text).map(withoutLeadingZeros).find((plain) => plain !== undefined);
    const parsed = schemas.value.safeParse(operand);
    const [issue] = parsed.error?.issues ?? [];
    const hint = issue && hintFor(issue, text);
    if (plain !== undefined) this.#reject(path, NO_LEADING_ZERO, `write ${plain}`);
    else if (isOrder(operator)) {
      const isNumber = typeof operand === "number" && isNumeric(row) && row.shape !== "mapping";
      if (!isNumber) this.#reject(path, `${operator} compares numbers, not words`, hint);
    } else if (issue) this.#reject(path, issue.message, hint);
    // A mapping's canonical text may be another than the one that was typed.
    return parsed.data ?? operand;
  }

  #reject(path: NodePath, reason: string, hint?: string): void {
    const message = `Cannot use ${this.#source.named(path)}: ${reason}`;
    this.problems.push({ message, place: this.#source.place(path), hint });
  }
}

/** A pattern in one line: `dropout>0.5 init=he`. */
export function formatPattern(pattern: WrittenPattern | string, trainers: Trainers): string {
  if (typeof pattern === "string") return pattern;
  return Object.entries(pattern).map(([key, condition]) => {
    if (typeof condition === "string" && /^[<>!]/.test(condition)) {
      return `${key}${condition.replace(/\s+/g, "")}`;
    }
    const texts = valuesOf(hyperparameterOrTrainer(key, trainers), condition).map(formatValue);
    return `${key}=${texts.join("|")}`;
  }).join(" ");
}
