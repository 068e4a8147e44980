import { createRunTrainer } from "../../trainers/run_trainer.ts";
import { serveTasks } from "./serve_tasks.ts";

serveTasks(({ context }, programs) => createRunTrainer({ ...context, programs }));
