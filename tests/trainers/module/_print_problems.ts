import { readModule } from "../../../src/trainers/module/read_module.ts";
import { formatProblems, UserError } from "../../../src/user_error.ts";

// Reads the module at a path and prints what is wrong with it: a worker that does not end would
// disturb the tests, and ends with this process.

const [path, limitSeconds] = Deno.args;
const print = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
try {
  const { name } = await readModule(path, { limitSeconds: Number(limitSeconds) });
  print(`${name} is right`);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  print(formatProblems(error.problems));
}
Deno.exit();
