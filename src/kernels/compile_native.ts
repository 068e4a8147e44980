import { fileURLToPath } from "node:url";
import {
  LIBRARY_EXTENSION,
  libraryName,
  NATIVE_FOLDER,
  nativeSourceChecksum,
} from "./native_library.ts";
import { sha256 } from "../sha256.ts";
import { UserError } from "../user_error.ts";

const SOURCE = fileURLToPath(new URL("./native/", import.meta.url));

const COMPILERS = ["cc", "gcc", "clang"];

/**
 * Nothing here changes arithmetic: products are not fused with sums, and the order of sums stays.
 * That roots set no errno lets them be vectors.
 */
const OPTIONS = ["-std=c11", "-O3", "-fPIC", "-ffp-contract=off", "-fno-math-errno"];

/** By the width of vectors, what the processor must have. */
const WIDTHS: Record<typeof Deno.build.arch, Record<string, readonly string[]>> = {
  x86_64: {
    "128": ["-msse4.1"],
    "256": ["-mavx2"],
    "512": [
      ...["-mavx512f", "-mavx512bw", "-mavx512dq", "-mavx512vl"],
      "-mprefer-vector-width=512",
    ],
  },
  aarch64: { "128": [] },
};

/**
 * Compiles the native kernels for this machine.
 *
 * @returns the library's path.
 * @throws {UserError} If there is no C compiler, or it fails.
 */
export async function compileNative(): Promise<string> {
  if (LIBRARY_EXTENSION === undefined) {
    throw new UserError(
      `Cannot compile the kernels on ${Deno.build.os}: they are not tried there`,
      1,
    );
  }
  const { compiler, version } = await findCompiler();
  const library = libraryName(await nativeSourceChecksum(), await sha256(version));
  await Deno.mkdir(NATIVE_FOLDER, { recursive: true });
  const scratch = await Deno.makeTempDir({ dir: NATIVE_FOLDER });
  try {
    const parts = Object.entries(WIDTHS[Deno.build.arch]).flatMap(([width, options]) =>
      [32, 64].map((precision) => ({
        object: `${scratch}/${precision}_${width}.o`,
        args: [...options, `-DWIDTH=${width}`, `-DPRECISION=${precision}`, `${SOURCE}kernels.c`],
      }))
    );
    parts.push({ object: `${scratch}/widest.o`, args: [`${SOURCE}widest.c`] });
    await Promise.all(
      parts.map(({ object, args }) => run(compiler, [...OPTIONS, "-c", "-o", object, ...args])),
    );
    const linked = `${scratch}/linked`;
    await run(compiler, ["-shared", "-o", linked, ...parts.map(({ object }) => object)]);
    await Deno.rename(linked, `${NATIVE_FOLDER}${library}`);
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
  return `${NATIVE_FOLDER}${library}`;
}

async function findCompiler(): Promise<{ compiler: string; version: string }> {
  for (const compiler of COMPILERS) {
    try {
      return { compiler, version: await run(compiler, ["--version"]) };
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  throw new UserError(
    `Cannot compile the kernels: there is no C compiler (${COMPILERS.join(", ")})`,
    1,
  );
}

/** @throws {UserError} If the compiler ends with an error. */
async function run(compiler: string, args: string[]): Promise<string> {
  const output = await new Deno.Command(compiler, { args, stdout: "piped", stderr: "piped" })
    .output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!output.success) {
    throw new UserError(`Cannot compile the kernels: ${compiler} says\n${text(output.stderr)}`, 1);
  }
  return text(output.stdout);
}

if (import.meta.main) {
  const start = performance.now();
  console.log(await compileNative(), performance.now() - start);
}
