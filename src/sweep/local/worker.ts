import { createRunTrainer } from "../../trainers/registry.ts";
import { serveTasks } from "./serve_tasks.ts";

serveTasks(({ context }) => createRunTrainer(context));
