/** The version of what `--json` prints. Within a version, members are only added. */
export const SCHEMA_VERSION = 1;
