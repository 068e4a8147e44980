import { cleanStore, surveyStore } from "../api/store.ts";
import type { StoreCleaning } from "../store/clean_store.ts";
import { UserError } from "../user_error.ts";
import type { Invocation } from "./invocation.ts";
import { documentText } from "./json/document_text.ts";
import { OPTIONS, type Options } from "./options.ts";
import { ask, print, printAside } from "./output.ts";
import { cleaningText, storeText } from "./store_text.ts";

/** The options that are about what `--remove` removes. */
const OF_REMOVING = ["olderThan", "dryRun", "yes"] as const;

/** Shows what the store of a reports folder has, or removes some of it. */
export async function store({ options }: Invocation): Promise<number> {
  if (options.remove.length > 0) return await clean(options);
  const given = OF_REMOVING.find((key) => options[key]);
  if (given !== undefined) {
    const words = OPTIONS.remove.words.join(", ");
    const message = `Cannot use --${OPTIONS[given].name} without --remove`;
    throw new UserError({ message, hint: `--remove takes one of ${words}` });
  }
  const survey = await surveyStore(options.reports);
  print(options.json ? documentText("store", survey) : storeText(survey));
  return 0;
}

/** @throws {UserError} If the user has to be asked and cannot be. */
async function clean(options: Options): Promise<number> {
  const { reports, remove, olderThan: olderThanSeconds, dryRun, yes } = options;
  const asked = { reports, remove, olderThanSeconds };
  const show = (cleaning: StoreCleaning) => {
    print(options.json ? documentText("store", cleaning) : cleaningText(cleaning));
    return cleaning.left.length > 0 ? 1 : 0;
  };
  if (dryRun) return show(await cleanStore({ ...asked, dryRun }));
  if (!yes) {
    if (!ask.isPossible()) {
      const message = "Cannot remove anything before it is approved: " +
        "use a terminal, which asks, or --yes; --dry-run says what would be removed";
      throw new UserError(message);
    }
    const planned = await cleanStore({ ...asked, dryRun: true });
    if (planned.removed.length === 0) return show(planned);
    printAside(cleaningText(planned));
    if (!ask.yesOrNo("Remove it?")) {
      printAside("Nothing is removed");
      return 0;
    }
  }
  return show(await cleanStore(asked));
}
