/** A new folder for files that nobody needs later; it is removed with all that is in it. */
export class ScratchFolder implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Makes the folder in another or, if none is given, where the system wants such folders to be.
   *
   * @param prefix How its name begins.
   * @throws {Error} If the system refuses; `systemReason()` knows why.
   */
  static async make(dir?: string, prefix = "regsweep-"): Promise<ScratchFolder> {
    return new ScratchFolder(await Deno.makeTempDir({ dir, prefix }));
  }

  /** One that a killed process has left behind, to be removed. */
  static left(path: string): ScratchFolder {
    return new ScratchFolder(path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await Deno.remove(this.path, { recursive: true });
    } catch (error) {
      // Whoever writes there still keeps it, or has removed it: it does no harm.
      if (!(error instanceof Error) || error instanceof TypeError) throw error;
    }
  }
}
