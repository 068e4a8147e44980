/**
 * Writes a value as canonical JSON: no spaces, keys sorted by code unit, numbers in JavaScript's
 * shortest form, -0 as 0.
 *
 * Source: RFC 8785, JSON Canonicalization Scheme.
 *
 * @throws {TypeError} If the value contains something that JSON lacks: NaN, infinities, `undefined`,
 * or objects other than plain objects and arrays.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") {
    return JSON.stringify(value);
  }
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(",")}]`;
  if (isPlainObject(value)) {
    const members = Object.keys(value).sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
    return `{${members.join(",")}}`;
  }
  throw new TypeError(`Cannot write ${String(value)} as JSON`);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
