import type { ConformanceCase } from "../kit/conformance-case.ts";
import { frameCases } from "./frame-cases.ts";
import { helloCases } from "./hello-cases.ts";
import { socketCases } from "./socket-cases.ts";

/** Everything that the kit checks but hostile input and the fuzzer. The slowest come first, so that nobody waits for them alone. */
export const allCases: readonly ConformanceCase[] = [...socketCases, ...frameCases, ...helloCases];
