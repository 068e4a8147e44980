import { basename, dirname, join } from "node:path";
import { lookAt, secondsSinceTouched, touchedAt, touchIfThere } from "../files/facts.ts";
import { namesInSync } from "../files/folders.ts";
import { renameIfThere } from "../files/name_file.ts";
import { readFile } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { systemReason } from "../files/system_reason.ts";
import { removeIfThere, replaceFile } from "../files/write_file.ts";
import { oneLine } from "../one_line.ts";
import { stopwatch } from "../stopwatch.ts";

const FOLDER = /^[0-9a-f]{2}$/;
/** Part of a selected file's name. */
const SELECTED = ".selected.";
const FILE = /^[0-9a-f]{62}(\.selected|\.\d{1,16})?\.safetensors$/;
/** What a killed process leaves behind. */
const TEMPORARY = /^[0-9a-f]{62}[.0-9a-z]*\.safetensors\.[0-9a-f-]{36}\.tmp$/;
/** Longer than any process takes to write a file. */
const STALE_SECONDS = 3600;
/** How long counting or removing files may hold up other work. */
const TURN_SECONDS = 0.005;
/** How old a list of names may be before it is checked against its folder's time. */
const LIST_SECONDS = 1;
/** Changes of a folder that are no further apart than this can have the same time. */
const TIME_SECONDS = 3;
/** The share of the space left for what other processes have written since files were counted. */
const OTHERS_SHARE = 1 / 16;
/** The share of the space to clear at once if there is no room. */
const CLEARED_SHARE = 1 / 16;
/** The shares of the free space and of the whole, one of which may be filled before a new count. */
const UNCOUNTED = { ofFree: 1 / 8, ofAll: 1 / 64 };

export interface BoundedFilesOptions {
  /** The names of the folders that the files are in. */
  readonly folders: readonly string[];
  /** The most bytes that the files may have together. */
  readonly bytes: number;
  /** Called with a message for the user. */
  onProblem(message: string): void;
}

/** A file that is there, and can be removed. */
interface Found {
  readonly path: string;
  readonly size: number;
  /** In milliseconds; later is more. */
  readonly usedAt: number;
}

/** The names in a folder, as they were a moment ago. */
interface Listed {
  readonly names: Set<string>;
  /**
   * When the folder last changed; undefined if that is so recent that a later change can have the same
   * time.
   */
  readonly changedAt: number | undefined;
  /** Seconds since it was last known to be right. */
  age: () => number;
}

/**
 * Files that can be made again, in folders with one bound on their bytes. A path is a folder, two hex
 * digits and a name: `models/ab/cdef….safetensors`.
 *
 * To make room for a file, the least recently used files are removed first, and selected ones last.
 * Several processes can use the folders at once. Each counts what is there before it writes its first
 * file, and again whenever it has filled an eighth of what was free or a 64th of the space, whichever is
 * more. It fills 15/16 of the space at most, so five processes stay within the bound together if files
 * are small.
 *
 * Links are not followed. Anything that is not a regular file, or has another name, is left alone.
 */
export class BoundedFiles {
  readonly #root: string;
  readonly #options: BoundedFilesOptions;
  /** Bytes of all files, as far as this process knows. */
  #total = 0;
  /** Bytes of files that this process is writing. */
  #pending = 0;
  /** How many bytes may be written before files are counted again. */
  #uncounted = -1;
  #reserving: Promise<unknown> = Promise.resolve();
  /** True once the system has refused to write or remove files: nothing more is written. */
  #isRefused = false;
  readonly #lists = new Map<string, Listed>();
  /** Files that this process has put and has not removed. */
  readonly #put = new Set<string>();
  readonly #notKept = new Map<string, number>();

  constructor(root: string, options: BoundedFilesOptions) {
    this.#root = root;
    this.#options = options;
  }

  /** How many files of a folder this process could not keep: not at all, or not to its end. */
  notKept(folder: string): number {
    return this.#notKept.get(folder) ?? 0;
  }

  /** Writes a file, whole or not at all. */
  async put(path: string, bytes: Uint8Array): Promise<void> {
    if (await this.#write(path, bytes)) this.#put.add(path);
    else this.#countNotKept(path);
  }

  /** Reads a file, if it is there; that counts as a use. */
  async get(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (!this.has(path)) return undefined;
    const full = join(this.#root, path);
    try {
      const bytes = await readFile(full, { maxBytes: SIZE_LIMITS.model });
      touchIfThere(full);
      return bytes;
    } catch (error) {
      // Another process can have removed it.
      if (error instanceof Deno.errors.NotFound) return undefined;
      const reason = systemReason(error);
      if (reason === undefined) throw error;
      this.#report(`Cannot read ${full}: ${reason}`);
      return undefined;
    }
  }

  has(path: string): boolean {
    return lookAt(join(this.#root, path))?.isFile === true && this.#isOwnFolder(dirname(path));
  }

  /** Reports a file that cannot be used, and removes it. */
  reject(path: string, reason: string): void {
    const isGone = this.remove(path);
    const done = isGone ? "removed it" : "it cannot be removed either";
    this.#report(`Cannot use ${join(this.#root, path)}: ${reason}; ${done}`);
  }

  /** Removes a file, and returns whether it is gone. */
  remove(path: string): boolean {
    const full = join(this.#root, path);
    const facts = lookAt(full);
    if (!facts) return true;
    if (!this.has(path) || !removeIfThere(full)) return false;
    this.#total -= facts.size;
    this.#forget(path);
    return true;
  }

  /** Gives a file another name in its folder, if it is there and the name is not taken. */
  async rename(path: string, name: string): Promise<void> {
    const to = `${dirname(path)}/${name}`;
    if (!this.has(path) || !this.#isFree(to)) return;
    try {
      await renameIfThere(join(this.#root, path), join(this.#root, to));
    } catch (error) {
      if (systemReason(error) === undefined) throw error;
      return;
    }
    const isOwn = this.#put.has(path);
    this.#forget(path);
    if (isOwn) this.#put.add(to);
    this.#lists.get(dirname(to))?.names.add(name);
  }

  /** The names of files in a folder such as `models/ab`, at most a second old. */
  names(folder: string): ReadonlySet<string> {
    const known = this.#lists.get(folder);
    if (known && known.age() < LIST_SECONDS) return known.names;
    const age = stopwatch();
    const facts = this.#isOwnFolder(folder) ? lookAt(join(this.#root, folder)) : undefined;
    if (known && facts && known.changedAt === touchedAt(facts)) {
      known.age = age;
      return known.names;
    }
    const isSettled = facts && secondsSinceTouched(facts) > TIME_SECONDS;
    const listed = {
      names: new Set(facts ? this.#namesIn(folder) : []),
      changedAt: isSettled ? touchedAt(facts) : undefined,
      age,
    };
    this.#lists.set(folder, listed);
    return listed.names;
  }

  async #write(path: string, bytes: Uint8Array): Promise<boolean> {
    const size = bytes.length;
    if (this.#isRefused || size > SIZE_LIMITS.model) return false;
    const full = join(this.#root, path);
    if (!this.#isOwnFolder(dirname(path))) {
      await this.#refuse("a link or something else has the place of a folder");
      return false;
    }
    if (!this.#isFree(path)) {
      this.#report(`Cannot write ${full}: a link or something else has its place`);
      return false;
    }
    if (!await this.#reserve(size)) return false;
    try {
      await replaceFile(full, bytes);
    } catch (error) {
      this.#total -= size;
      const reason = systemReason(error);
      if (reason === undefined) throw error;
      await this.#refuse(reason, (error as { code?: unknown }).code === "ENOSPC");
      return false;
    } finally {
      this.#pending -= size;
    }
    this.#lists.get(dirname(path))?.names.add(basename(path));
    return true;
  }

  /** Makes room for a file of a size, and takes it; returns false if there is none. */
  async #reserve(size: number): Promise<boolean> {
    if (size > this.#options.bytes) return false;
    const turn = this.#reserving.then(async () => {
      if (this.#isRefused) return false;
      if (size > this.#uncounted || !this.#hasRoom(size)) {
        await this.#makeRoom(size);
      }
      if (!this.#hasRoom(size)) return false;
      this.#total += size;
      this.#pending += size;
      this.#uncounted -= size;
      return true;
    });
    this.#reserving = turn.catch(() => {});
    return await turn;
  }

  #hasRoom(size: number): boolean {
    return this.#total + size <= this.#roomFor(size);
  }

  /** The most bytes that all files may have, once a file of this size is among them. */
  #roomFor(size: number): number {
    return Math.max(size, this.#options.bytes * (1 - OTHERS_SHARE));
  }

  async #makeRoom(size: number): Promise<void> {
    const { bytes } = this.#options;
    const files = await this.#count();
    if (!this.#hasRoom(size)) {
      await this.#clear(files, this.#roomFor(size) - Math.max(size, bytes * CLEARED_SHARE));
      if (!this.#hasRoom(size)) {
        await this.#refuse("there is no room, and nothing can be removed");
      }
    }
    const { ofFree, ofAll } = UNCOUNTED;
    this.#uncounted = Math.max((bytes - this.#total) * ofFree, bytes * ofAll);
  }

  /** Removes files until no more than these bytes are left. */
  async #clear(files: Found[], bytes: number): Promise<void> {
    const turns = new Turns();
    const isSelected = ({ path }: Found) => Number(path.includes(SELECTED));
    files.sort((a, b) => isSelected(a) - isSelected(b) || a.usedAt - b.usedAt);
    for (const { path, size } of files) {
      if (this.#total <= bytes) return;
      if (!removeIfThere(join(this.#root, path))) continue;
      this.#total -= size;
      if (this.#put.has(path)) this.#countNotKept(path);
      this.#forget(path);
      await turns.next();
    }
  }

  /** Finds all files and adds up their bytes; removes what killed processes have left behind. */
  async #count(): Promise<Found[]> {
    const files: Found[] = [];
    const turns = new Turns();
    const isOurs = (name: string) => FILE.test(name) || TEMPORARY.test(name);
    for (const folder of this.#options.folders.flatMap((name) => this.#foldersIn(name))) {
      for (const name of this.#namesIn(folder, isOurs)) {
        const path = `${folder}/${name}`;
        const facts = lookAt(join(this.#root, path));
        if (!facts?.isFile) continue;
        if (FILE.test(name)) {
          files.push({ path, size: facts.size, usedAt: touchedAt(facts) });
        } else if (secondsSinceTouched(facts) > STALE_SECONDS) {
          removeIfThere(join(this.#root, path));
        }
      }
      await turns.next();
    }
    this.#total = files.reduce((sum, { size }) => sum + size, this.#pending);
    return files;
  }

  /** Writes nothing more, and says so; clears some of a full disk for files that cannot be made again. */
  async #refuse(reason: string, isFull = false): Promise<void> {
    if (this.#isRefused) return;
    this.#isRefused = true;
    const folders = this.#options.folders.join(" and ");
    this.#report(
      `Cannot write to ${folders} in ${this.#root}: ${reason}; what is not there is trained again when it is needed`,
    );
    if (!isFull) return;
    const files = await this.#count();
    await this.#clear(files, this.#total * (1 - CLEARED_SHARE));
  }

  /** The folders in a folder that are the store's: `models/ab`. */
  #foldersIn(folder: string): string[] {
    if (!lookAt(join(this.#root, folder))?.isDirectory) return [];
    return this.#namesIn(folder, (name) => FOLDER.test(name)).map((name) => `${folder}/${name}`)
      .filter((path) => lookAt(join(this.#root, path))?.isDirectory);
  }

  #namesIn(folder: string, isWanted = (name: string) => FILE.test(name)): string[] {
    try {
      return namesInSync(join(this.#root, folder)).filter(isWanted);
    } catch (error) {
      if (systemReason(error) === undefined) throw error;
      return [];
    }
  }

  /** False if something else has the place of a folder such as `models/ab`: a link leads elsewhere. */
  #isOwnFolder(folder: string): boolean {
    return [dirname(folder), folder].every((path) => {
      return lookAt(join(this.#root, path))?.isDirectory ?? true;
    });
  }

  #isFree(path: string): boolean {
    return lookAt(join(this.#root, path))?.isFile ?? true;
  }

  #forget(path: string): void {
    this.#put.delete(path);
    this.#lists.get(dirname(path))?.names.delete(basename(path));
  }

  #countNotKept(path: string): void {
    const folder = dirname(dirname(path));
    this.#notKept.set(folder, this.notKept(folder) + 1);
  }

  #report(message: string): void {
    this.#options.onProblem(oneLine(message));
  }
}

/** Gives other work a turn now and then. */
class Turns {
  #seconds = stopwatch();

  async next(): Promise<void> {
    if (this.#seconds() < TURN_SECONDS) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#seconds = stopwatch();
  }
}
