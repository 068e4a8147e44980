/// <reference lib="dom" />
import { showKeptTheme } from "./theme.ts";

// Before anything is painted.
showKeptTheme();
