import type { ConformanceCase } from "../kit/conformance-case.ts";
import { helloCases } from "./hello-cases.ts";

/** Everything that the kit checks but hostile input and the fuzzer. */
export const allCases: readonly ConformanceCase[] = [...helloCases];
