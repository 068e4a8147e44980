import type { Measurement } from "./measure.ts";

const NUMPY_STEP = new URL("./peers/numpy_step.py", import.meta.url).pathname;

/** Milliseconds per step of each case in NumPy, or why there are none. */
export async function numpyStepMilliseconds(): Promise<Record<string, number> | string> {
  const { success, stdout, stderr } = await new Deno.Command("python3", { args: [NUMPY_STEP] })
    .output().catch((error) => ({ success: false, stdout: null, stderr: String(error) }));
  if (success && stdout) return JSON.parse(new TextDecoder().decode(stdout));
  const reason = typeof stderr === "string" ? stderr : new TextDecoder().decode(stderr);
  return `NumPy is not measured: ${reason.trim().split("\n").at(-1)}`;
}

/** How many times as fast as NumPy each of our steps is that NumPy has too. */
export function compareWithNumpy(
  steps: readonly Measurement[],
  peer: Record<string, number>,
): Measurement[] {
  return steps.flatMap(({ name, value }) => {
    const milliseconds = peer[name.replace("training step: ", "")];
    if (milliseconds === undefined) return [];
    return [{
      name: name.replace("training step", "against NumPy"),
      value: milliseconds / value,
      unit: "times as fast",
      note: `NumPy float32, one thread: ${milliseconds.toFixed(2)} ms`,
    }];
  });
}
