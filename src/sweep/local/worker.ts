import { createRunTrainer } from "../../trainers/run_trainer.ts";
import { settleKernels } from "../../trainers/settle_kernels.ts";
import { serveTasks } from "./serve_tasks.ts";

serveTasks(({ context, library }, programs, report) => {
  const kernels = settleKernels(context, library);
  report(kernels);
  return createRunTrainer({ ...context, native: kernels.native, programs });
});
