import { fileURLToPath } from "node:url";
import { makeFolder } from "../files/folders.ts";
import { readFile } from "../files/read_file.ts";
import { ScratchFolder } from "../files/scratch_folder.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import { sha256 } from "../sha256.ts";
import { UserError } from "../user_error.ts";
import {
  LIBRARY_EXTENSION,
  libraryName,
  NATIVE_FOLDER,
  nativeSourceChecksum,
} from "./native_library.ts";

const SOURCE = fileURLToPath(new URL("./native/", import.meta.url));

const COMPILERS = ["cc", "gcc", "clang"];

/**
 * Nothing here changes arithmetic: products are not fused with sums, and the order of sums stays.
 * That roots set no errno lets them be vectors.
 */
const OPTIONS = ["-std=c11", "-O3", "-fPIC", "-ffp-contract=off", "-fno-math-errno"];

/** By the width of vectors, what the processor must have. */
const WIDTHS: Record<string, Record<string, readonly string[]>> = {
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
  await using scratch = await ScratchFolder.make();
  const parts = Object.entries(WIDTHS[Deno.build.arch]).flatMap(([width, options]) =>
    [32, 64].map((precision) => ({
      object: `${scratch.path}/${precision}_${width}.o`,
      args: [...options, `-DWIDTH=${width}`, `-DPRECISION=${precision}`, `${SOURCE}kernels.c`],
    }))
  );
  parts.push({ object: `${scratch.path}/widest.o`, args: [`${SOURCE}widest.c`] });
  await Promise.all(
    parts.map(({ object, args }) => run(compiler, [...OPTIONS, "-c", "-o", object, ...args])),
  );
  const linked = `${scratch.path}/linked`;
  await run(compiler, ["-shared", "-o", linked, ...parts.map(({ object }) => object)]);
  await makeFolder(NATIVE_FOLDER);
  const path = `${NATIVE_FOLDER}${library}`;
  await writeFileAtomically(path, await readFile(linked, { maxBytes: SIZE_LIMITS.own }));
  return path;
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

if (import.meta.main) await compileNative();
