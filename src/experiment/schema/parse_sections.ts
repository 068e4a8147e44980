import type { z } from "zod";
import { isMapping } from "../source/mapping.ts";
import type { ExperimentSchema } from "./experiment_schema.ts";

/** What an experiment file says, as far as it is right. */
export interface ParsedSections {
  /** By section; without those that are wrong. */
  readonly sections: Partial<z.output<ExperimentSchema>>;
  /** Sections that are wrong, or missing though required. */
  readonly wrong: ReadonlySet<string>;
  /** What is wrong, with paths from the root of the file. */
  readonly issues: readonly z.core.$ZodIssue[];
}

/** Sections whose keys order the cells or their names. */
const ORDERED = ["fixed", "grid", "exclude", "only"];

/** A schema parses one file: to compile it first would take longer. */
const ONCE = { jitless: true };

/** Parses each section of an experiment once, so that a wrong one does not hide the others. */
export function parseSections(value: unknown, schema: ExperimentSchema): ParsedSections {
  const { shape } = schema;
  if (!isMapping(value)) {
    const issues = schema.safeParse(value).error?.issues ?? [];
    return { sections: {}, wrong: new Set(Object.keys(shape)), issues };
  }
  const sections: Record<string, unknown> = {};
  const wrong = new Set<string>();
  const issues: z.core.$ZodIssue[] = [];
  for (const [section, sectionSchema] of Object.entries(shape)) {
    const parsed = sectionSchema.safeParse(value[section], ONCE);
    if (parsed.success) {
      const isOrdered = ORDERED.includes(section);
      sections[section] = isOrdered ? inOrderOf(parsed.data, value[section]) : parsed.data;
    } else {
      wrong.add(section);
      issues.push(
        ...parsed.error.issues.map((issue) => ({ ...issue, path: [section, ...issue.path] })),
      );
    }
  }
  const keys = Object.keys(value).filter((key) => !Object.hasOwn(shape, key));
  if (keys.length > 0) {
    issues.push({ code: "unrecognized_keys", keys, path: [], message: "unknown keys" });
  }
  return { sections: sections as ParsedSections["sections"], wrong, issues };
}

/** Data that a schema gave back, with the keys in the order of the file instead of the schema. */
function inOrderOf<T>(data: T, raw: unknown): T {
  if (Array.isArray(data) && Array.isArray(raw)) {
    return data.map((item, index) => inOrderOf(item, raw[index])) as T;
  }
  if (!isMapping(data) || !isMapping(raw)) return data;
  const keys = new Set([...Object.keys(raw), ...Object.keys(data)]);
  return Object.fromEntries([...keys].map((key) => [key, inOrderOf(data[key], raw[key])])) as T;
}
