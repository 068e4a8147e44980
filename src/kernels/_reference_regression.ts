import type { ReferenceMemory } from "./_reference_memory.ts";
import type { Kernels } from "./kernels.ts";

/** Twins of assembly/regression.ts. */
export function referenceRegression(
  { memory, lanes, size, round, values, activationAt }: ReferenceMemory,
): Pick<Kernels, "huberBackward" | "huberEvaluate"> {
  return {
    huberBackward(outputs, targets, panels, stride, scale, delta) {
      const v = values();
      const [most, factor] = [round(delta), round(scale)];
      for (let b = 0; b < panels * lanes; b++) {
        const target = v[targets / size + b];
        const at = activationAt(outputs, stride, b, 0);
        const limited = Math.max(Math.min(round(v[at] - target), most), -most);
        v[at] = Number.isNaN(target) ? 0 : round(limited * factor);
        for (let o = 1; o < 4; o++) v[activationAt(outputs, stride, b, o)] = 0;
      }
    },

    huberEvaluate(outputs, targets, panels, stride, delta, sums) {
      const v = values();
      const total = new Float64Array(memory.buffer, sums, 1);
      for (let b = 0; b < panels * lanes; b++) {
        const target = v[targets / size + b];
        if (Number.isNaN(target)) continue;
        const error = v[activationAt(outputs, stride, b, 0)] - target;
        const distance = Math.abs(error);
        total[0] += distance > delta ? delta * (distance - 0.5 * delta) : 0.5 * (error * error);
      }
    },
  };
}
