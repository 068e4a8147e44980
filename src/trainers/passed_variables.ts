/**
 * Variables that programs get of those that regsweep sees, as programs in general need them. Others
 * would make results depend on who starts the sweep; experiments name those that a program needs.
 */
export const PASSED_VARIABLES: readonly string[] = [
  ...["PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_*", "TZ", "SYSTEMROOT"],
];
