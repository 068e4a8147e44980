/** Mounts something on a folder, does work and unmounts it. */
export async function withMount(
  args: readonly string[],
  folder: string,
  work: () => Promise<void>,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await mount(...args, folder);
  try {
    await work();
  } finally {
    await run("umount", "--lazy", folder);
  }
}

export async function mount(...args: string[]): Promise<void> {
  await run("mount", ...args);
}

/** Why nothing can be mounted here, if so. */
export async function mountObstacle(): Promise<string | undefined> {
  const folder = await Deno.makeTempDir();
  try {
    await withMount(["-t", "tmpfs", "-o", "size=4k", "regsweep"], folder, () => Promise.resolve());
    return undefined;
  } catch (error) {
    return `nothing can be mounted: ${error instanceof Error ? error.message : error}`;
  } finally {
    await Deno.remove(folder);
  }
}

async function run(program: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args }).output();
  if (success) return;
  throw new Error(`${program} ${args.join(" ")}: ${new TextDecoder().decode(stderr).trim()}`);
}
