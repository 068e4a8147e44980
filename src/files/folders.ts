/** The names in a folder, in no particular order; none if there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Like `namesIn()`, at once. */
export function namesInSync(folder: string): string[] {
  try {
    return Array.from(Deno.readDirSync(folder), ({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Makes a folder and those that it lies in; does nothing if it is there. */
export async function makeFolder(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
}
