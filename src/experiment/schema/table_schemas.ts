import { extname } from "node:path";
import { z } from "zod";
import { listWords } from "../../list_words.ts";
import { nearest } from "../../nearest.ts";
import { formatValue } from "../../trainers/format_value.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { TrainerName } from "../../trainers/trainer.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import { allowedValues } from "./allowed_values.ts";
import {
  asList,
  type HyperparameterSchemas,
  hyperparameterSchemas,
} from "./hyperparameter_schemas.ts";
import { PREPARATION_ROWS } from "./preparation_rows.ts";
import { type TableRows, tableRows, type TrainerRow } from "./table_rows.ts";

/** What an experiment file may say of one key. */
export interface TableEntry {
  readonly key: string;
  /** What editors show beside it. */
  readonly documentation: string;
  readonly default?: HyperparameterValue;
  readonly schemas: HyperparameterSchemas;
}

const tables = new WeakMap<Trainers, Map<string, readonly TableEntry[]>>();

/** The hyperparameters that some of the trainers have between them; built once. */
export function tableSchemas(
  trainers: Trainers,
  names: readonly TrainerName[],
): readonly TableEntry[] {
  const known = tables.get(trainers) ?? new Map<string, readonly TableEntry[]>();
  tables.set(trainers, known);
  const table = known.get(names.join()) ?? tableRows(trainers, names).map(({ kinds, rows }) => {
    const { key, default: value } = kinds[0];
    const about = { key, documentation: documentation(rows, trainers), default: value };
    return tableEntry(about, () => anyOf(kinds));
  });
  known.set(names.join(), table);
  return table;
}

/** An entry whose schemas are built when they are asked for: most files have few of the keys. */
function tableEntry(
  about: Omit<TableEntry, "schemas">,
  build: () => HyperparameterSchemas,
): TableEntry {
  let built: HyperparameterSchemas | undefined;
  return {
    ...about,
    get schemas() {
      return built ??= build();
    },
  };
}

/** The schemas of a key whose values may be of several kinds, since trainers differ in what it is. */
function anyOf(kinds: TableRows["kinds"]): HyperparameterSchemas {
  const [first, ...others] = kinds.map(hyperparameterSchemas);
  if (others.length === 0) return first;
  const all = [first, ...others];
  const error = `${kinds[0].key} must be ${listWords(kinds.map(allowedValues))}`;
  return {
    value: z.union(all.map(({ value }) => value), { error }),
    values: z.union(all.map(({ values }) => values), { error }),
    sweep: z.union(all.map(({ sweep }) => sweep), { error }),
    condition: z.union(all.map(({ condition }) => condition), { error }),
  };
}

/** The name of the schema of one trainer. */
export const TRAINER_ID = "trainer";

/** What looks like the name of a trainer, such as that in a module. */
const NAME = /^[a-z][\w-]{0,59}$/i;
/** What looks like a program's file. */
const FILE = /\.(py|sh|R|jl)$/;
const INTERPRETERS: Readonly<Record<string, string>> = {
  ".py": "python3",
  ".sh": "sh",
  ".R": "Rscript",
  ".jl": "julia",
};

const trainerSchemas = new WeakMap<Trainers, ReturnType<typeof buildTrainerSchema>>();

/** One trainer; built once. */
export function trainerSchema(trainers: Trainers) {
  const schema = trainerSchemas.get(trainers) ?? buildTrainerSchema(trainers);
  trainerSchemas.set(trainers, schema);
  return schema;
}

function buildTrainerSchema({ names }: Trainers) {
  return z.enum(names, {
    error: ({ input }) => {
      if (typeof input === "string" && NAME.test(input) && nearest(input, names) === undefined) {
        const own = `the path of a module such as ./${input}.ts`;
        return `trainer must be ${listWords([...names, own])}`;
      }
      if (typeof input !== "string" || !FILE.test(input)) {
        return `trainer must be ${listWords(names)}`;
      }
      const own = `a mapping such as { command: [${INTERPRETERS[extname(input)]}, ${input}] }`;
      return `trainer must be ${listWords([...names, "the path of a module in TypeScript", own])}`;
    },
  }).meta({ id: TRAINER_ID });
}

/** The trainer as a key of the grid: it may be swept like a hyperparameter. */
export function trainerEntry(trainers: Trainers): TableEntry {
  const error = `trainer must be ${listWords(trainers.names)}, or a list of them`;
  const value = trainerSchema(trainers);
  const lists = z.array(value, { error }).min(1, { error });
  const values = z.union([asList(value), lists], { error });
  return {
    key: "trainer",
    documentation: "what trains the cells, where it is not the experiment's trainer",
    schemas: { value, values, sweep: values, condition: z.union([value, lists], { error }) },
  };
}

/** How rows are prepared, as keys of the grid: they may be swept like hyperparameters. */
export function preparationEntries(): TableEntry[] {
  return PREPARATION_ROWS.map((row) =>
    tableEntry({ key: row.key, documentation: row.help }, () => {
      const { value, values, condition } = hyperparameterSchemas(row);
      return { value, values, sweep: values, condition };
    })
  );
}

/** An optional key per entry. */
export function tableShape<T>(
  table: readonly TableEntry[],
  schemaOf: (schemas: HyperparameterSchemas, entry: TableEntry) => z.ZodType<T>,
) {
  return Object.fromEntries(table.map((entry) => {
    const schema = z.exactOptional(schemaOf(entry.schemas, entry));
    return [entry.key, schema.describe(entry.documentation)];
  }));
}

function documentation(rows: readonly TrainerRow[], trainers: Trainers): string {
  return rows.map(({ trainer, row: { help, unit, default: value } }) => {
    const prefix = trainer === trainers.default.name ? "" : `trainer ${trainer}: `;
    return `${prefix}${help} (${unit ? `${unit}; ` : ""}${
      value === undefined ? "no default" : `default ${formatValue(value)}`
    })`;
  }).join("; ");
}
