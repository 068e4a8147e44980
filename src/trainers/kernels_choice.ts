/** Which kernels may train: `auto` takes native ones where they can be used, `native` requires them. */
export const KERNELS_CHOICES = ["auto", "wasm", "native"] as const;
export type KernelsChoice = (typeof KERNELS_CHOICES)[number];
