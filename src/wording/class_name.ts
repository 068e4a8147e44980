/** A class in a sentence: `benign`; `class 4`, since a number alone could be anything. */
export function className(name: string): string {
  return name.trim() !== "" && Number.isFinite(Number(name)) ? `class ${name}` : name;
}
