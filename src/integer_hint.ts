/** How to write an integer that was typed as `010`, `1_000` or `1'000`; undefined if it was not. */
export function integerHint(text: string): string | undefined {
  const digits = text.replace(/^\+/, "").replaceAll(/(?<=\d)[_' ](?=\d)/g, "");
  if (!/^\d+$/.test(digits)) return undefined;
  const plain = digits.replace(/^0+(?=\d)/, "");
  return plain === text ? undefined : `did you mean ${plain}?`;
}
