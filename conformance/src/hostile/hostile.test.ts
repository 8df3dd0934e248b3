import { afterAll, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { processSize, ServerProcess, temporaryFolder } from "@parley/rig";
import { allHostileCases } from "./all-hostile-cases.ts";
import { runHostile } from "./run-hostile.ts";

/** Longer than the server waits for a body that never ends. */
const HANDLES_BACK_WITHIN_MS = 90_000;
/** The server opens some of its own for the first clients: databases, timers, threads. */
const OWN_HANDLES = 12;
const ALL_WITHIN_MS = 600_000;

const folder = temporaryFolder();
const server = await ServerProcess.start(folder);

afterAll(async () => {
  expect(await server.stop()).toBe(0);
  rmSync(folder, { recursive: true });
});

test(
  "hostile input gets typed errors and documented closes, and neither stalls nor harms others",
  async () => {
    const before = processSize(server.pid).handles;
    const lines: string[] = [];
    const { failed } = await runHostile({ url: server.url, print: (line) => lines.push(line), cases: allHostileCases });
    expect(failed === 0 ? "" : lines.filter((line) => !line.startsWith("✓")).join("\n")).toBe("");
    const deadline = Date.now() + HANDLES_BACK_WITHIN_MS;
    const handles = () => processSize(server.pid).handles - before;
    while (handles() > OWN_HANDLES && Date.now() < deadline) await Bun.sleep(500);
    expect(handles()).toBeLessThanOrEqual(OWN_HANDLES);
    expect(server.output).not.toContain("Error");
  },
  ALL_WITHIN_MS,
);
