import { PASSED_VARIABLES } from "../passed_variables.ts";

const PASSED = new RegExp(`^(${PASSED_VARIABLES.join("|").replace("*", "\\w+")})$`);

/** What programs get in any case: one thread each, since there is a program for each worker. */
const THREADS = [
  ...["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"],
  ...["VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS", "RAYON_NUM_THREADS", "POLARS_MAX_THREADS"],
  ...["NUMBA_NUM_THREADS", "JULIA_NUM_THREADS"],
];

/** The variables of a program's run; what the experiment says comes last. */
export function programEnvironment(
  own: Readonly<Record<string, string>>,
  scratch: string,
  os: string = Deno.build.os,
): Record<string, string> {
  const seen = Object.entries(Deno.env.toObject()).filter(([name]) => PASSED.test(name));
  return {
    ...Object.fromEntries(seen),
    ...Object.fromEntries(THREADS.map((name) => [name, "1"])),
    // Python would order sets of texts in another way each time.
    PYTHONHASHSEED: "0",
    TMPDIR: scratch,
    ...os === "windows" && { TEMP: scratch, TMP: scratch },
    ...own,
  };
}
