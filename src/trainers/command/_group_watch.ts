/** Reads `+ group` and `- group`; ends the groups that are left when nobody can write any more. */
const SCRIPT = `
groups=" "
while read -r sign group; do
  if [ "$sign" = + ]; then groups="$groups$group "
  else groups="\${groups%% $group *} \${groups#* $group }"
  fi
done
for group in $groups; do kill -9 "-$group"; done
`;

/**
 * Ends process groups that regsweep has left behind, because it was killed or has crashed.
 *
 * It is a shell that waits at the end of a pipe: the pipe is closed when regsweep ends, however that
 * happens.
 */
export class GroupWatch {
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  #isBroken = false;

  constructor() {
    this.#child = new Deno.Command("/bin/sh", {
      args: ["-c", SCRIPT],
      clearEnv: true,
      // Ctrl-C does not reach it.
      detached: true,
      stdin: "piped",
      stdout: "null",
      stderr: "null",
    }).spawn();
    this.#child.unref();
    this.#writer = this.#child.stdin.getWriter();
  }

  add(group: number): void {
    this.#write(`+ ${group}\n`);
  }

  remove(group: number): void {
    this.#write(`- ${group}\n`);
  }

  /** Ends it; it ends the groups that were not removed. */
  async close(): Promise<void> {
    await this.#writer.close().catch(() => {});
    this.#child.ref();
    await this.#child.status;
  }

  #write(line: string): void {
    // Without the watch, only a crash would leave anything behind.
    if (!this.#isBroken) {
      this.#writer.write(new TextEncoder().encode(line)).catch(() => this.#isBroken = true);
    }
  }
}
