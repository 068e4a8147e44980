import { createRunTrainer } from "../train/create_trainer.ts";
import { serveTasks } from "./serve_tasks.ts";

serveTasks(({ context }) => createRunTrainer(context));
