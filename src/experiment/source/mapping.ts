/** A YAML mapping as plain data. */
export type Mapping = Readonly<Record<string, unknown>>;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The keys of a mapping and of all mappings within it. */
export function keysWithin(value: unknown, keys: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) value.forEach((item) => keysWithin(item, keys));
  else if (isMapping(value)) {
    for (const [key, item] of Object.entries(value)) keysWithin(item, keys.add(key));
  }
  return keys;
}
