/** What a user meant who wrote an integer as it is not read: `010`, `1_000`, `1'000`. */
export function integerHint(text: string): string | undefined {
  const digits = text.replace(/^\+/, "").replaceAll(/(?<=\d)[_' ](?=\d)/g, "");
  if (!/^\d+$/.test(digits)) return undefined;
  const plain = digits.replace(/^0+(?=\d)/, "");
  return plain === text ? undefined : `did you mean ${plain}?`;
}
