import { createTrainer } from "../train/create_trainer.ts";
import { serveTasks } from "./serve_tasks.ts";

serveTasks(({ trainer, context }) => createTrainer(trainer, context));
