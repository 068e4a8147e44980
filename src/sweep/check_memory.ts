import { distinctCells } from "../experiment/cells/distinct_cells.ts";
import type { Cell, Experiment } from "../experiment/experiment.ts";
import { MOST_MEMORY_BYTES } from "../kernels/kernels.ts";
import { formatValue } from "../trainers/format_value.ts";
import type { RunMemory, RunShape } from "../trainers/trainer.ts";
import { trainerNamed } from "../trainers/trainer_named.ts";
import { type Problem, UserError } from "../user_error.ts";

/**
 * Refuses runs that need more memory than kernels can have, before any is trained.
 *
 * @param cells Those whose runs are to be trained; all if not given.
 * @throws {UserError} If there are such runs: every value that makes them too large, with its place.
 */
export async function checkMemory(
  experiment: Experiment,
  shape: RunShape,
  cells: Iterable<Cell> = cellsToCheck(experiment),
): Promise<void> {
  const problems = new Map<string, Problem>();
  for (const cell of cells) {
    const memoryOf = await trainerNamed(cell.trainer).memory?.load();
    const memory = memoryOf?.(cell.config, shape);
    if (!memory || memory.atMost <= MOST_MEMORY_BYTES) continue;
    if (memory.bytes() <= MOST_MEMORY_BYTES) continue;
    const problem = memoryProblem(experiment, cell, memory);
    // The first of several cells with one value stands for them.
    const key = JSON.stringify([problem.place, memory.cause()]);
    if (!problems.has(key)) problems.set(key, problem);
  }
  if (problems.size > 0) throw new UserError([...problems.values()]);
}

/** A cell for each combination of values that memory depends on. */
function* cellsToCheck(experiment: Experiment): Generator<Cell> {
  const keys = experiment.outline.trainers.flatMap((name) => trainerNamed(name).memory?.keys ?? []);
  yield* distinctCells(experiment, keys);
}

function memoryProblem(experiment: Experiment, cell: Cell, memory: RunMemory): Problem {
  const { dataset: { path }, places } = experiment;
  const key = memory.cause();
  const what = key === undefined
    ? `dataset ${path} with trainer ${cell.trainer}`
    : `${key} ${formatValue(cell.config[key])}`;
  const message = `Cannot use ${what}: a run would need ${gibibytes(memory.bytes())} of memory, ` +
    `and can have at most ${gibibytes(MOST_MEMORY_BYTES)}`;
  return { message, place: key === undefined ? places.dataset : places.ofValue(cell, key) };
}

/** `81.1 GiB`, rounded up, so that what is too much never looks as if it were the limit. */
function gibibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 30 * 10) / 10} GiB`;
}
