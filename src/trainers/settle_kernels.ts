import { basename } from "node:path";
import { differingKernel } from "../kernels/check_native.ts";
import type { NativeKernels } from "../kernels/native_library.ts";
import type { ChosenLibrary } from "./choose_library.ts";
import type { TrainerContext } from "./trainer.ts";

/** What a thread that trains uses from its start on. */
export interface SettledKernels {
  /** Absent if it uses WebAssembly's kernels alone. */
  readonly native?: NativeKernels;
  /** Why a library is not used, in words for a user. */
  readonly problem?: string;
}

/**
 * Decides which kernels this thread uses: a library's only if they give the same bits, on this
 * processor, as WebAssembly's.
 */
export function settleKernels(
  { kernels }: Pick<TrainerContext, "kernels">,
  library: ChosenLibrary | undefined,
): SettledKernels {
  if (!library || !kernels) return {};
  const { precisions, ...native } = library;
  const refused = (reason: string) => ({
    problem: `Native kernels are not used, but WebAssembly: ${basename(native.path)} ${reason}`,
  });
  try {
    for (const precision of precisions) {
      const name = differingKernel(native, kernels, precision);
      if (name !== undefined) return refused(`gives other numbers (${name}, ${precision})`);
    }
    return { native };
  } catch (error) {
    return refused(`cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * A context with the native kernels that this thread uses, if it uses any.
 *
 * @param onProblem Called with the reason why a library is not used, in words for a user.
 */
export function withNative(
  context: TrainerContext,
  library: ChosenLibrary | undefined,
  onProblem?: (text: string) => void,
): TrainerContext {
  const { native, problem } = settleKernels(context, library);
  if (problem !== undefined) onProblem?.(problem);
  return { ...context, native };
}
