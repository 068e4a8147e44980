import type { Kernels } from "../../kernels/kernels.ts";

/** y = share·x + (1 − share)·y, element by element, by kernels that updates use. */
export function mix(kernels: Kernels, x: number, y: number, bytes: number, share: number): void {
  kernels.scale(y, y, bytes, 1 - share);
  kernels.penalizeGradient(x, y, bytes, 0, share, Infinity);
}
