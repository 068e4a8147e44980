import { join } from "node:path";
import { asUserError } from "../files/as_user_error.ts";
import { FileWriter } from "../files/file_writer.ts";

/** A result file that is written under a temporary name until it gets its own. */
export class NewFile implements Disposable {
  readonly #path: string;
  readonly #file: FileWriter;

  private constructor(path: string, file: FileWriter) {
    this.#path = path;
    this.#file = file;
  }

  /** @throws {UserError} If it cannot be written, as all of its methods; the exit code is 1. */
  static async create(path: string): Promise<NewFile> {
    try {
      return new NewFile(path, await FileWriter.create(path));
    } catch (error) {
      throw asUserError(error, `Cannot write ${path}`, 1);
    }
  }

  async write(piece: string): Promise<void> {
    await this.#orUserError(() => this.#file.write(piece));
  }

  /** Ends it when its bytes have reached the disk; gives its SHA-256 in hex. */
  async end(): Promise<string> {
    return await this.#orUserError(() => this.#file.end());
  }

  /** Gives it its name, in place of what has it. */
  name(): void {
    try {
      this.#file.nameNow(this.#path);
    } catch (error) {
      throw asUserError(error, `Cannot write ${this.#path}`, 1);
    }
  }

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]();
  }

  async #orUserError<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asUserError(error, `Cannot write ${this.#path}`, 1);
    }
  }
}

/** Files that get their names together, in their order. */
export class NewFiles implements Disposable {
  readonly #files: readonly NewFile[];
  readonly #stack: DisposableStack;

  private constructor(files: readonly NewFile[], stack: DisposableStack) {
    this.#files = files;
    this.#stack = stack;
  }

  /**
   * Writes texts, given by their files' names.
   *
   * @throws {UserError} If one cannot be written; the exit code is 1.
   * @throws The signal's reason, if it aborted.
   */
  static async write(
    folder: string,
    texts: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<NewFiles> {
    using stack = new DisposableStack();
    const files: NewFile[] = [];
    for (const [name, text] of Object.entries(texts)) {
      signal.throwIfAborted();
      const file = stack.use(await NewFile.create(join(folder, name)));
      await file.write(text);
      await file.end();
      files.push(file);
    }
    return new NewFiles(files, stack.move());
  }

  /** @throws {UserError} If one cannot have its name; the exit code is 1. */
  name(): void {
    for (const file of this.#files) file.name();
  }

  [Symbol.dispose](): void {
    this.#stack.dispose();
  }
}
