/** How a formula begins in a spreadsheet, after marks that make it text; a sign alone is no formula. */
const FORMULA = /^'*[=+\-@\t\r]./;

/** Puts a `'` before a text that a spreadsheet would compute; leaves numbers as they are. */
export function inertText(text: string): string {
  return isFormula(text) ? `'${text}` : text;
}

/** The text that `inertText()` was given. */
export function originalText(text: string): string {
  return text.startsWith("'") && isFormula(text) ? text.slice(1) : text;
}

function isFormula(text: string): boolean {
  return FORMULA.test(text) && Number.isNaN(Number(text));
}
