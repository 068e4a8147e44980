/** Which kernels may train: `auto` takes native ones where they can be used, `native` requires them. */
export type KernelsChoice = "auto" | "wasm" | "native";

export const KERNELS_CHOICES = ["auto", "wasm", "native"] as const satisfies KernelsChoice[];
