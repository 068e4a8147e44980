import { assert, assertEquals } from "@std/assert";

const EVALUATION = /^CE loss step (\d+) = (\S+), training\/validation accuracy: (\S+)$/;

/**
 * Asserts that a run printed what the notebook printed, beginning with the first line: every line
 * equal, but for a loss that may be one unit of its last digit off, being a sum in another order.
 */
export function assertSameLog(actual: readonly string[], expected: readonly string[]): void {
  const tolerated = expected.map((line, i) => {
    const [, step, loss, accuracies] = EVALUATION.exec(line) ?? [];
    const [, actualStep, actualLoss, actualAccuracies] = EVALUATION.exec(actual[i] ?? "") ?? [];
    const isSame = step !== undefined && step === actualStep && accuracies === actualAccuracies &&
      isOneUnitOff(actualLoss, loss);
    return isSame ? actual[i] : line;
  });
  assertEquals(actual, tolerated);
}

/** Of two losses printed with `%.3e`. */
function isOneUnitOff(a: string, b: string): boolean {
  const [larger, smaller] = [Number(a), Number(b)].sort((x, y) => y - x);
  const unit = 10 ** (Number(larger.toExponential().split("e")[1]) - 3);
  // Half a unit more or less decides it, whatever the subtraction rounds.
  return larger - smaller < 1.5 * unit;
}

assert(isOneUnitOff("1.000e+00", "9.999e-01") && isOneUnitOff("3.251e+00", "3.250e+00"));
assert(!isOneUnitOff("3.252e+00", "3.250e+00") && !isOneUnitOff("nan", "3.250e+00"));
