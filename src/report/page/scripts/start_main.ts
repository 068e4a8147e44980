/// <reference lib="dom" />
import { runCompressed } from "./run_compressed.ts";

runCompressed("page-script");
