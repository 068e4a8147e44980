import { resolve } from "node:path";
import { AwakeClock } from "../../awake_clock.ts";
import { lookAtTarget } from "../../files/facts.ts";
import { LogFile } from "../../files/log_file.ts";
import { ScratchFolder } from "../../files/scratch_folder.ts";
import { systemReason } from "../../files/system_reason.ts";
import { formatDuration } from "../../format_number.ts";
import { stopwatch } from "../../stopwatch.ts";
import type { OwnCode, ProgramCode } from "../own_code.ts";
import { GroupWatch } from "./_group_watch.ts";
import { LastLines } from "./_last_lines.ts";
import { ProcessGroup } from "./_process_group.ts";
import { UnchangedFiles } from "./_unchanged_files.ts";
import { programEnvironment } from "./program_environment.ts";
import { OUTPUT_BYTES, OutputProblem, ProgramOutput } from "./program_output.ts";
import type { ProgramEnd, ProgramListener, ProgramRunner, ProgramStart } from "./program_runner.ts";
import { readParameters } from "./read_parameters.ts";

/** How long output may come after a program has ended, from what it has left running elsewhere. */
const LATE_MILLISECONDS = 2000;

/** What a run in this process may have besides what programs get from a worker. */
export interface LocalStart {
  /** Ends the run when it aborts. */
  readonly signal?: AbortSignal;
  /** Where everything that it writes is kept, if anywhere; a run that is tried again adds to it. */
  readonly log?: string;
}

/**
 * Starts programs in this process.
 *
 * Each run is a process group: when the program ends, or is ended, nothing that it started is left
 * running, unless it has left the group.
 */
export class LocalPrograms implements ProgramRunner, AsyncDisposable {
  readonly #codes: ReadonlyMap<string, ProgramCode>;
  readonly #files = new UnchangedFiles();
  readonly #clock = new AwakeClock();
  readonly #closing = new AbortController();
  readonly #runs = new Set<Promise<ProgramEnd>>();
  /** The logs that were begun here: a run that is tried again adds to its log. */
  readonly #begunLogs = new Set<string>();
  #watch: GroupWatch | undefined;

  /** @param codes The programs that can be started are those among them. */
  constructor(codes: readonly OwnCode[]) {
    const programs = codes.filter((code) => code.kind === "program");
    this.#codes = new Map(programs.map((code) => [code.name, code]));
  }

  /** @throws {TypeError} If there is no such program. */
  run(
    start: ProgramStart,
    listener: ProgramListener = {},
    local: LocalStart = {},
  ): Promise<ProgramEnd> {
    const code = this.#codes.get(start.trainer);
    if (!code) throw new TypeError(`There is no program ${start.trainer}`);
    const run = this.#run(code, start.input, listener, local);
    this.#runs.add(run);
    return run.finally(() => this.#runs.delete(run));
  }

  /** Ends all that is running, and waits for it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#runs);
    await this.#watch?.close();
    this.#clock[Symbol.dispose]();
  }

  async #run(
    code: ProgramCode,
    input: string,
    listener: ProgramListener,
    { signal, log: logPath }: LocalStart,
  ): Promise<ProgramEnd> {
    try {
      await using scratch = await ScratchFolder.make();
      using log = logPath === undefined ? undefined : await this.#openLog(logPath);
      const before = await this.#files.problemOf(code);
      if (before !== undefined) return { kind: "failed", reason: before };
      const signals = [this.#closing.signal, ...signal ? [signal] : []];
      const end = await this.#follow(code, { input, listener, log, scratch, signals });
      // Nobody knows which of the two contents it has run.
      const after = await this.#files.problemOf(code);
      if (after !== undefined) return { kind: "failed", reason: after };
      if (end.kind === "completed" || !log?.hasText) return end;
      return { kind: "failed", reason: `${end.reason} (log: ${logPath})` };
    } catch (error) {
      const reason = systemReason(error);
      if (reason === undefined) throw error;
      return { kind: "failed", reason };
    }
  }

  async #openLog(path: string): Promise<LogFile> {
    const isNew = !this.#begunLogs.has(path);
    this.#begunLogs.add(path);
    return await LogFile.open(path, isNew);
  }

  /** Starts a program and follows it to its end. */
  async #follow(
    { command, folder, env, timeoutSeconds }: ProgramCode,
    { input, listener, log, scratch, signals }: Following,
  ): Promise<ProgramEnd> {
    // Only the first run waits for it.
    this.#watch ??= Deno.build.os === "windows" ? undefined : new GroupWatch();
    const secondsSinceStart = stopwatch();
    let group: ProcessGroup;
    const words = [programOf(command[0], folder), ...command.slice(1)];
    try {
      const options = { cwd: folder, env: programEnvironment(env, scratch.path) };
      group = new ProcessGroup(words, options, this.#watch);
    } catch (error) {
      if (!(error instanceof Error) || error instanceof TypeError) throw error;
      return {
        kind: "failed",
        reason: `cannot start ${command[0]}: ${startReason(error, words[0])}`,
      };
    }
    const { child } = group;

    // The first reason to end it counts.
    let problem: string | undefined;
    const stop = (reason: string) => {
      problem ??= reason;
      group.end();
    };
    const limit = timeoutSeconds === undefined
      ? undefined
      : this.#clock.timeout(1000 * timeoutSeconds);
    const onLimit = () => {
      const seconds = timeoutSeconds ?? 0;
      const allowed = seconds < 60 ? `${seconds} s` : formatDuration(seconds);
      stop(`no result after ${allowed}: stopped; a longer timeout allows more`);
    };
    const onAbort = () => stop("stopped");
    limit?.addEventListener("abort", onLimit);
    for (const signal of signals) signal.addEventListener("abort", onAbort);
    if (signals.some(({ aborted }) => aborted)) onAbort();

    const output = new ProgramOutput(listener);
    const complaints = new LastLines();
    let bytesLeft = OUTPUT_BYTES;
    const read = async (stream: ReadableStream<Uint8Array>, take: (bytes: Uint8Array) => void) => {
      for await (const bytes of stream) {
        // What comes after a problem only keeps the program from waiting for a reader.
        if (problem !== undefined) continue;
        bytesLeft -= bytes.length;
        if (bytesLeft < 0) stop("it wrote more than 100 MiB");
        else take(bytes);
      }
    };
    const record = (bytes: Uint8Array) => {
      const refusal = log?.add(bytes);
      if (refusal !== undefined) stop(`cannot write its log: ${refusal}`);
    };
    const reading = Promise.all([
      read(child.stdout, (bytes) => {
        record(bytes);
        try {
          output.add(bytes);
        } catch (error) {
          if (!(error instanceof OutputProblem)) throw error;
          stop(error.message);
        }
      }),
      read(child.stderr, (bytes) => {
        record(bytes);
        complaints.add(bytes);
      }),
    ]);
    const writing = writeInput(child.stdin, input);

    const status = await child.status;
    group.clear();
    limit?.removeEventListener("abort", onLimit);
    for (const signal of signals) signal.removeEventListener("abort", onAbort);
    // What left the group may still hold its streams open.
    let late: ReturnType<typeof setTimeout> | undefined;
    const isRead = await Promise.race([
      reading.then(() => true),
      new Promise<boolean>((resolve) => late = setTimeout(resolve, LATE_MILLISECONDS, false)),
    ]);
    clearTimeout(late);
    await writing;
    const seconds = secondsSinceStart();
    if (!isRead) problem ??= "it ended, and something that it has started holds its output open";
    problem ??= problemOfStatus(status, complaints.text());
    if (problem !== undefined) return { kind: "failed", reason: problem };
    try {
      output.end();
      const { evaluations, parameters: file } = output;
      const path = file === undefined ? undefined : resolve(folder, file);
      const parameters = path === undefined ? [] : await readParameters(path);
      return { kind: "completed", evaluations, parameters, seconds };
    } catch (error) {
      if (error instanceof OutputProblem) return { kind: "failed", reason: error.message };
      const reason = systemReason(error);
      if (reason === undefined) throw error;
      const what = `cannot read its parameters ${output.parameters}`;
      return { kind: "failed", reason: `${what}: ${reason}` };
    }
  }
}

interface Following {
  readonly input: string;
  readonly listener: ProgramListener;
  readonly log: LogFile | undefined;
  readonly scratch: ScratchFolder;
  /** End the program when they abort. */
  readonly signals: readonly AbortSignal[];
}

/** A program that is named by a path is looked for in the folder where it is started. */
function programOf(word: string, folder: string): string {
  return /[/\\]/.test(word) ? resolve(folder, word) : word;
}

function startReason(error: Error, path: string): string {
  const reason = systemReason(error);
  if (error instanceof Deno.errors.NotCapable && reason !== undefined) return reason;
  // Systems say that a script is not there if what its first line names is not.
  if (error instanceof Deno.errors.NotFound && /[/\\]/.test(path) && lookAtTarget(path)?.isFile) {
    return "the file is there, but not the program that its first line names " +
      "(a line that ends as on Windows names another one)";
  }
  const spawning = reason?.match(/^failed to spawn '.*': (.*)$/)?.[1];
  return spawning?.toLowerCase() ?? "it is not in PATH";
}

/** Writes what a program may or may not read. */
async function writeInput(stream: WritableStream<Uint8Array>, input: string): Promise<void> {
  const writer = stream.getWriter();
  try {
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

/** Why a program that has ended by itself has failed, if it has. */
function problemOfStatus(
  { code, signal }: Deno.CommandStatus,
  complaint: string,
): string | undefined {
  if (code === 0) return undefined;
  const end = signal === null ? `exit code ${code}` : `ended by ${signal}`;
  return complaint === "" ? end : `${end}: ${complaint}`;
}
