// Imported before everything else, so that this is what a user reads, and not which file failed first.
if (!import.meta.url.startsWith("file:")) {
  throw new Error(
    "Regsweep reads files of its own, so it cannot run from a URL: use its npm package or a clone",
  );
}
