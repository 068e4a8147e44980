import { join } from "node:path";
import { surveyStore } from "../store/survey_store.ts";
import type { Invocation } from "./invocation.ts";
import { documentText } from "./json/document_text.ts";
import { print } from "./output.ts";
import { storeText } from "./store_text.ts";

/** Shows what the store of a reports folder has; changes nothing. */
export async function store({ options }: Invocation): Promise<number> {
  const survey = await surveyStore(join(options.reports, "store"));
  print(options.json ? documentText("store", survey) : storeText(survey));
  return 0;
}
