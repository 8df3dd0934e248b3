/** What conformance tests, fault tests and benchmarks stand on: a real server process, people who are signed in, and raw devices. */
export * from "./call.ts";
export * from "./commands.ts";
export * from "./fellowship.ts";
export * from "./population.ts";
export * from "./process-cost.ts";
export * from "./raw-device.ts";
export * from "./sample-picture.ts";
export * from "./self-signed.ts";
export * from "./server-process.ts";
