import { join } from "node:path";
import { finish, type Finished, PROJECT, startTask } from "./_task.ts";

/** A copy of the program that a test can change. */
export class ProjectCopy {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes a copy, does work with it and removes it. */
  static async use(work: (copy: ProjectCopy) => Promise<void>): Promise<void> {
    const folder = await Deno.makeTempDir({ prefix: "regsweep-copy-" });
    try {
      for (const name of ["deno.json", "deno.lock"]) {
        await Deno.copyFile(join(PROJECT, name), join(folder, name));
      }
      await copyFolder(join(PROJECT, "src"), join(folder, "src"));
      await Deno.symlink(join(PROJECT, "node_modules"), join(folder, "node_modules"));
      await work(new ProjectCopy(folder));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /**
   * Changes a file of the copy.
   *
   * @throws {Error} If the text stays as it is.
   */
  async edit(name: string, change: (text: string) => string): Promise<void> {
    const text = await Deno.readTextFile(this.path(name));
    const changed = change(text);
    if (changed === text) throw new Error(`the change of ${name} changes nothing`);
    await Deno.writeTextFile(this.path(name), changed);
  }

  /** Runs one of the copy's tasks to its end. */
  async runTask(name: string, ...args: string[]): Promise<Finished> {
    return await finish(startTask(name, args, { project: this.folder }));
  }
}

/** Copies a folder with everything in it that is not compiled; the folder above it must be there. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    // Native kernels, which another test may be compiling.
    if (name === "build") continue;
    if (isDirectory) await copyFolder(join(from, name), join(to, name));
    else await Deno.copyFile(join(from, name), join(to, name));
  }
}
