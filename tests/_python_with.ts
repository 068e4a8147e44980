/** Pythons to try: the user's own, and the one that Debian's packages are for. */
const PYTHONS = ["python3", "/usr/bin/python3"];

/** A Python that has a module, such as `numpy`; undefined if there is none. */
export async function pythonWith(module: string): Promise<string | undefined> {
  for (const python of PYTHONS) if (await canImport(python, module)) return python;
  return undefined;
}

async function canImport(python: string, module: string): Promise<boolean> {
  try {
    const command = new Deno.Command(python, {
      args: ["-c", `import ${module}`],
      stdout: "null",
      stderr: "null",
    });
    return (await command.output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
