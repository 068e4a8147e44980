import { z } from "zod";
import type { LauncherOptions } from "../launcher_options.ts";
import { sbatchArgProblem } from "../sbatch_options.ts";
import { mappingError } from "./_mapping_error.ts";

/** The schema of an experiment's `launcher:` block: what `--launcher slurm` asks for. */
export function launcherSchema() {
  const count = (key: string) => {
    const error = `${key} must be an integer of at least 1`;
    return z.int({ error }).gte(1, { error }).optional();
  };
  const text = (key: string) => {
    return z.string({ error: `${key} must be text` }).min(1, { error: `${key} must not be empty` })
      .optional();
  };
  const chunk = "chunk must be auto or an integer of at least 1";
  const argument = z.string({ error: "an argument for sbatch must be text" })
    .superRefine((argument, context) => {
      const problem = sbatchArgProblem(argument, "experiment");
      if (problem) context.addIssue({ code: "custom", message: problem });
    });
  return z.strictObject({
    partition: text("partition").describe("the partition that tasks run in"),
    account: text("account").describe("the account that they are charged to"),
    time: count("time").describe("minutes that a task may take"),
    cpus_per_task: count("cpus_per_task")
      .describe("processors per task, each training one run at a time (default 1)"),
    array_parallelism: count("array_parallelism").describe("tasks that may run at once"),
    chunk: z.union([z.literal("auto"), z.int().gte(1)], { error: chunk }).optional()
      .describe("runs per task (default auto: five minutes' worth or more)"),
    sbatch_args: z.array(argument, { error: "sbatch_args must be a list" }).optional()
      .describe("more arguments for sbatch, such as --mem=4G"),
  }, mappingError("launcher", "of options for --launcher slurm")).optional()
    .transform((block): LauncherOptions => {
      const { cpus_per_task, array_parallelism, sbatch_args, ...others } = block ?? {};
      return {
        ...others,
        ...cpus_per_task && { cpusPerTask: cpus_per_task },
        ...array_parallelism && { arrayParallelism: array_parallelism },
        ...sbatch_args && { sbatchArgs: sbatch_args },
      };
    })
    .describe("how --launcher slurm runs this experiment, unless the command line says otherwise");
}
