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
import { widestVectors } from "./native_kernels.ts";
import {
  LIBRARY_EXTENSION,
  libraryName,
  nativeFolder,
  type NativeKernels,
  nativeSourceChecksum,
} from "./native_library.ts";
import {
  NATIVE_OPTIONS,
  NATIVE_WIDTHS,
  type VectorBits,
  type WidthsChoice,
} from "./native_options.ts";

const SOURCE = fileURLToPath(new URL("./native/", import.meta.url));

/** Two files for each precision, so that as many as four cores have something to do. */
const KERNELS = ["dense_layers.c", "other_kernels.c"];

const COMPILERS = ["cc", "gcc", "clang"];

export interface NativeTarget {
  /** The first of these that is there compiles. */
  readonly compilers?: readonly string[];
  /** As Deno's build for it says in `Deno.build.target`. */
  readonly target?: string;
  /** The widest if not given; all of another target's. */
  readonly widths?: WidthsChoice;
}

/**
 * Compiles the native kernels, for this machine unless another target is given: the libraries that are
 * not there.
 *
 * @returns the libraries, that of the widest vectors first.
 * @throws {UserError} If there is no C compiler, or it fails; the exit code is 1.
 */
export async function compileNative(
  { compilers = COMPILERS, target = Deno.build.target, widths = "widest" }: NativeTarget = {},
): Promise<readonly NativeKernels[]> {
  if (LIBRARY_EXTENSION === undefined) {
    throw new UserError(
      `Cannot compile the kernels on ${Deno.build.os}, which has WebAssembly's alone`,
      1,
    );
  }
  const { compiler, version } = await findCompiler(compilers);
  const [source, compilerChecksum] = [await nativeSourceChecksum(target), await sha256(version)];
  const folder = nativeFolder();
  await makeFolder(folder);
  await using scratch = await ScratchFolder.make(folder);
  const compile = (object: string, ...args: readonly string[]) =>
    run(compiler, [...NATIVE_OPTIONS, "-c", "-o", object, ...args]);
  const link = (library: string, ...objects: readonly string[]) =>
    run(compiler, ["-shared", "-o", library, ...objects]);

  const options = NATIVE_WIDTHS[target.split("-")[0]];
  let bits = Object.keys(options).map(Number).sort((a, b) => b - a) as VectorBits[];
  const widest = `${scratch.path}/widest.o`;
  await compile(widest, `${SOURCE}widest.c`);
  if (target === Deno.build.target) {
    const probe = `${scratch.path}/probe`;
    await link(probe, widest);
    const most = widestVectors(probe);
    bits = bits.filter((width) => width <= most);
    if (widths === "widest") bits = bits.slice(0, 1);
  }
  return await Promise.all(bits.map(async (width) => {
    const name = libraryName({ target, source, bits: width, compiler: compilerChecksum });
    const library = { path: `${folder}${name}`, bits: width };
    if (await isThere(library.path)) return library;
    const parts = KERNELS.flatMap((file) =>
      [32, 64].map(async (precision) => {
        const object = `${scratch.path}/${file}_${precision}_${width}.o`;
        const macros = [`-DWIDTH=${width}`, `-DPRECISION=${precision}`];
        await compile(object, ...options[width], ...macros, `${SOURCE}${file}`);
        return object;
      })
    );
    const linked = `${scratch.path}/${width}`;
    await link(linked, widest, ...await Promise.all(parts));
    await writeFileAtomically(library.path, await readFile(linked, { maxBytes: SIZE_LIMITS.own }));
    return library;
  }));
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
