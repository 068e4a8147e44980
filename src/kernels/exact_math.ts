import { referenceLog, referenceMath } from "./_reference_math.ts";

/** e^x in float64 for x ≤ 0, as the kernels compute it: the same bits on every machine. */
export const { expOfNegative } = referenceMath("f64");

/** The natural logarithm of a positive normal number, as the kernels compute it. */
export const log = referenceLog;
