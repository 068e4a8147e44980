import { fileURLToPath } from "node:url";
import { isThere } from "../files/facts.ts";
import { makeFolder } from "../files/folders.ts";
import { readFile } from "../files/read_file.ts";
import { ScratchFolder } from "../files/scratch_folder.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import { listWords } from "../list_words.ts";
import { sha256 } from "../sha256.ts";
import { UserError } from "../user_error.ts";
import {
  LIBRARY_EXTENSION,
  libraryName,
  NATIVE_FOLDER,
  nativeSourceChecksum,
} from "./native_library.ts";
import { NATIVE_OPTIONS, NATIVE_WIDTHS } from "./native_options.ts";

const SOURCE = fileURLToPath(new URL("./native/", import.meta.url));

const COMPILERS = ["cc", "gcc", "clang"];

export interface NativeTarget {
  /** The first of these that is there compiles. */
  readonly compilers?: readonly string[];
  /** As Deno's build for it says in `Deno.build.target`. */
  readonly target?: string;
}

/**
 * Compiles the native kernels, for this machine unless another target is given, if the library is not
 * there.
 *
 * @returns the library's path.
 * @throws {UserError} If there is no C compiler, or it fails; the exit code is 1.
 */
export async function compileNative(
  { compilers = COMPILERS, target = Deno.build.target }: NativeTarget = {},
): Promise<string> {
  if (LIBRARY_EXTENSION === undefined) {
    throw new UserError(
      `Cannot compile the kernels on ${Deno.build.os}, which has WebAssembly's alone`,
      1,
    );
  }
  const { compiler, version } = await findCompiler(compilers);
  const source = await nativeSourceChecksum(target);
  const path = `${NATIVE_FOLDER}${libraryName(source, await sha256(version), target)}`;
  if (await isThere(path)) return path;
  await makeFolder(NATIVE_FOLDER);
  await using scratch = await ScratchFolder.make(NATIVE_FOLDER);
  const parts = Object.entries(NATIVE_WIDTHS[target.split("-")[0]]).flatMap(([width, options]) =>
    [32, 64].map((precision) => ({
      object: `${scratch.path}/${precision}_${width}.o`,
      args: [...options, `-DWIDTH=${width}`, `-DPRECISION=${precision}`, `${SOURCE}kernels.c`],
    }))
  );
  parts.push({ object: `${scratch.path}/widest.o`, args: [`${SOURCE}widest.c`] });
  await Promise.all(
    parts.map(({ object, args }) =>
      run(compiler, [...NATIVE_OPTIONS, "-c", "-o", object, ...args])
    ),
  );
  const linked = `${scratch.path}/linked`;
  await run(compiler, ["-shared", "-o", linked, ...parts.map(({ object }) => object)]);
  await writeFileAtomically(path, await readFile(linked, { maxBytes: SIZE_LIMITS.own }));
  return path;
}

async function findCompiler(
  compilers: readonly string[],
): Promise<{ compiler: string; version: string }> {
  for (const compiler of compilers) {
    try {
      return { compiler, version: await run(compiler, ["--version"]) };
    } catch (error) {
      const { NotFound, NotCapable } = Deno.errors;
      // Deno allows programs by what it finds, so it refuses those that are not there.
      if (!(error instanceof NotFound || error instanceof NotCapable)) throw error;
    }
  }
  throw new UserError({
    message: `Cannot compile the kernels without a C compiler (${listWords(compilers)})`,
    hint: "install one: apt install gcc on Debian and Ubuntu, dnf install gcc on Fedora, " +
      "xcode-select --install on macOS",
  }, 1);
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
