import { join } from "node:path";
import { findProgram } from "../_find_program.ts";
import { HANG_SECONDS } from "../_hang_seconds.ts";
import { kill, processesWith } from "./processes.ts";
import { slurmConf } from "./slurm_conf.ts";

const PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel", "scontrol"];
/** Where Debian has daemons, on the PATH or not. */
const DAEMON_FOLDERS = ["/usr/sbin", "/sbin"];
const HANG_MILLISECONDS = 1000 * HANG_SECONDS;

export interface PrivateSlurmOptions {
  readonly nodes: number;
  readonly cpus: number;
  readonly maxArraySize: number;
  readonly minJobAge: number;
}

/**
 * A Slurm of its own on this machine, as many nodes as wanted, on ports of 127.0.0.1 and in one
 * temporary folder: for tests, as root or any other user.
 */
export class PrivateSlurm {
  readonly folder: string;
  /** Names of the nodes: n1, n2, … */
  readonly nodes: readonly string[];
  readonly #daemons = new Map<string, Deno.ChildProcess>();

  private constructor(folder: string, nodes: readonly string[]) {
    this.folder = folder;
    this.nodes = nodes;
  }

  /** A program that is not installed, if there is one. */
  static missingProgram(): string | undefined {
    return PROGRAMS.find((name) => programPath(name) === undefined);
  }

  /** Starts a cluster and waits until all of its nodes are idle. */
  static async start(options: PrivateSlurmOptions): Promise<PrivateSlurm> {
    const folder = await Deno.makeTempDir({ prefix: "regsweep-slurm-" });
    const nodes = Array.from({ length: options.nodes }, (_, index) => `n${index + 1}`);
    const slurm = new PrivateSlurm(folder, nodes);
    try {
      await slurm.#prepare(options);
      await slurm.startController();
      for (const node of nodes) slurm.startNode(node);
      await until("all nodes are idle", HANG_MILLISECONDS, async () => {
        const states = await slurm.ask("sinfo", "--noheader", "--Node", "--format=%T");
        return states?.trim().split("\n").filter((state) => state === "idle").length ===
          nodes.length;
      });
      return slurm;
    } catch (error) {
      const log = await Deno.readTextFile(join(folder, "log", "slurmctld.log")).catch(() => "");
      await slurm.stop();
      throw new Error(`The private Slurm does not start\n${log.slice(-2000)}`, { cause: error });
    }
  }

  /** Variables that make commands and their tasks use this cluster. */
  get environment(): Record<string, string> {
    // Tasks' temporary files go where they are removed.
    return { SLURM_CONF: join(this.folder, "slurm.conf"), TMPDIR: join(this.folder, "tmp") };
  }

  /** What one of Slurm's commands prints; nothing if it fails. */
  async ask(program: string, ...args: string[]): Promise<string | undefined> {
    const { success, stdout } = await new Deno.Command(program, {
      args,
      env: this.environment,
      stderr: "null",
      signal: AbortSignal.timeout(HANG_MILLISECONDS),
    }).output();
    return success ? new TextDecoder().decode(stdout) : undefined;
  }

  /** The jobs that are queued or running, as many lines. */
  async queue(): Promise<string[]> {
    const queue = await this.ask("squeue", "--noheader", "--array", "--format=%i %T %r %j");
    if (queue === undefined) throw new Error("squeue does not answer");
    return queue.split("\n").filter((line) => line !== "");
  }

  async startController(): Promise<void> {
    this.#start("slurmctld", ["slurmctld", "-D", "-f", this.environment.SLURM_CONF]);
    await until(
      "the controller answers",
      HANG_MILLISECONDS,
      async () => await this.ask("scontrol", "ping") !== undefined,
    );
  }

  startNode(node: string): void {
    this.#start(node, ["slurmd", "-D", "-N", node, "-f", this.environment.SLURM_CONF]);
  }

  /** As when the machine that it is on loses its power. */
  async killController(): Promise<void> {
    await this.#kill("slurmctld");
  }

  /** Kills a node's daemon and leaves its tasks running. */
  async killDaemon(node: string): Promise<void> {
    await this.#kill(node);
  }

  /** Kills a node with all that it does. */
  async killNode(node: string): Promise<void> {
    const tasks = (await this.#processes())
      .filter(({ environment }) => environment.SLURMD_NODENAME === node);
    const parents = new Set(tasks.map(({ parent }) => parent));
    const supervisors = (await this.#processes())
      .filter(({ pid, name }) => name === "slurmstepd" && parents.has(pid));
    // At once, so that none can tell of another's end.
    const daemon = this.#daemons.get(node)?.pid;
    kill([...daemon ? [daemon] : [], ...[...supervisors, ...tasks].map(({ pid }) => pid)]);
    await this.#kill(node);
  }

  /** Starts a node that was killed, and waits until it can be used again. */
  async reviveNode(node: string): Promise<void> {
    this.startNode(node);
    await until(`${node} is back`, HANG_MILLISECONDS, async () => {
      const state = await this.ask("sinfo", "--noheader", `--nodes=${node}`, "--format=%T");
      return ["idle", "mixed", "allocated"].includes(state?.trim() ?? "");
    });
  }

  /** Process ids of the Deno programs that tasks of an experiment run. */
  async tasksOf(experiment: string): Promise<number[]> {
    return (await this.#processes())
      .filter(({ name, environment }) =>
        name === "deno" && environment.SLURM_JOB_NAME?.startsWith(`regsweep-${experiment}-`)
      )
      .map(({ pid }) => pid);
  }

  /** Ends all that was started and removes its folder. */
  async stop(): Promise<void> {
    if (this.#daemons.has("slurmctld")) await this.ask("scancel", "--me").catch(() => {});
    const names = [...this.#daemons.keys()].reverse();
    for (const name of names) await this.#kill(name);
    await until("nothing is left of the private Slurm", HANG_MILLISECONDS, async () => {
      const left = await this.#processes();
      kill(left.map(({ pid }) => pid));
      return left.length === 0;
    });
    await Deno.remove(this.folder, { recursive: true });
  }

  async #prepare({ cpus, maxArraySize, minJobAge }: PrivateSlurmOptions): Promise<void> {
    const { folder } = this;
    // munged does not trust folders that others may write to.
    for (const name of ["munge", "controller", "log", "spool", "tmp"]) {
      await Deno.mkdir(join(folder, name), { mode: 0o755 });
    }
    await Deno.chmod(folder, 0o755);
    const [controllerPort, ...ports] = freePorts(1 + this.nodes.length);
    const nodes = this.nodes.map((name, index) => ({ name, port: ports[index] }));
    for (const { name } of nodes) await Deno.mkdir(join(folder, "spool", name));
    const { stdout } = await new Deno.Command("id", { args: ["-un"] }).output();
    const user = new TextDecoder().decode(stdout).trim();
    const settings = { folder, user, controllerPort, nodes, cpus, maxArraySize, minJobAge };
    await Deno.writeTextFile(join(folder, "slurm.conf"), slurmConf(settings));
    // Newer Slurms look for cgroups unless they are told not to; older ones know no such setting.
    if (await slurmVersion() >= 23.11) {
      await Deno.writeTextFile(join(folder, "cgroup.conf"), "CgroupPlugin=disabled\n");
    }
    const key = join(folder, "munge", "key");
    await Deno.writeFile(key, crypto.getRandomValues(new Uint8Array(1024)), { mode: 0o600 });
    const file = (name: string) => `--${name}-file=${join(folder, "munge", name)}`;
    const socket = join(folder, "munge", "socket");
    this.#start("munged", [
      ...["munged", "--foreground", "--num-threads=2", `--socket=${socket}`],
      ...["key", "pid", "log", "seed"].map(file),
    ]);
    await until(
      "munged listens",
      HANG_MILLISECONDS,
      () => Deno.stat(socket).then(() => true, () => false),
    );
  }

  #start(name: string, [program, ...args]: readonly string[]): void {
    const path = programPath(program);
    if (path === undefined) throw new Error(`${program} is not installed`);
    const daemon = new Deno.Command(path, {
      args: [...args],
      env: this.environment,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    this.#daemons.set(name, daemon);
  }

  async #kill(name: string): Promise<void> {
    const daemon = this.#daemons.get(name);
    this.#daemons.delete(name);
    if (!daemon) return;
    kill([daemon.pid]);
    await daemon.status;
  }

  async #processes() {
    return await processesWith("SLURM_CONF", this.environment.SLURM_CONF);
  }
}

function programPath(name: string): string | undefined {
  return findProgram(name) ??
    DAEMON_FOLDERS.map((folder) => join(folder, name)).find((path) => {
      try {
        return Deno.statSync(path).isFile;
      } catch {
        return false;
      }
    });
}

/** Ports that nobody listens on, of those that systems give to nobody who does not ask for them. */
function freePorts(count: number): number[] {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = 10_000 + Math.floor(20_000 * Math.random());
    if (isFree(port)) ports.add(port);
  }
  return [...ports];
}

function isFree(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    return false;
  }
}

/** Such as 22.05. */
async function slurmVersion(): Promise<number> {
  const { stdout } = await new Deno.Command("sbatch", { args: ["--version"] }).output();
  return Number(new TextDecoder().decode(stdout).match(/ (\d+\.\d+)/)?.[1]);
}

/** Waits until a condition holds, which is an error if it takes too long. */
export async function until(
  what: string,
  milliseconds: number,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + milliseconds;
  while (!await condition()) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
