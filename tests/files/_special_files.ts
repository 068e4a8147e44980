import { join } from "node:path";

/** Makes a pipe, which blocks whoever opens it. */
export async function makePipe(path: string): Promise<void> {
  const { success } = await new Deno.Command("mkfifo", { args: [path] }).output();
  if (!success) throw new Error(`Cannot make the pipe ${path}`);
}

/** What is not a regular file, by the reason why it is not read; in a folder of its own. */
export async function makeSpecialFiles(
  folder: string,
): Promise<{ readonly paths: Readonly<Record<string, string>> } & Disposable> {
  const paths = {
    "it is a folder, not a file": join(folder, "folder"),
    "it is a pipe, not a file": join(folder, "pipe"),
    "it is a socket, not a file": join(folder, "socket"),
    "it is a device, not a file": "/dev/zero",
  };
  await Deno.mkdir(join(folder, "folder"));
  await makePipe(join(folder, "pipe"));
  const listener = Deno.listen({ transport: "unix", path: join(folder, "socket") });
  return { paths, [Symbol.dispose]: () => listener.close() };
}
