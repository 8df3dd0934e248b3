import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProcessorClock } from "../measure/processor-clock.ts";
import type { Bench, Row } from "../rows/row.ts";
import { openOffline } from "./open-offline.ts";
import { paint } from "./paint.ts";
import { switching } from "./switching.ts";

const WITHIN_MS = 120_000;
/** What takes longer in these rows was not seen. */
const PLAUSIBLE_MS = 60_000;

setDefaultTimeout(WITHIN_MS);
const processors = new ProcessorClock();
const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
const bench: Bench = {
  quick: true,
  least: true,
  runs: 1,
  folder,
  processors,
  wrapper: [],
  slowDisk: false,
  report: () => undefined,
};

afterAll(() => {
  processors.close();
  rmSync(folder, { recursive: true, force: true });
});

/** How long nothing takes is measured here, only that something was: a witness that sees nothing fails the row, or finds no number. */
async function times(row: Row): Promise<readonly string[]> {
  const findings = await row.measure({ ...bench, folder: join(folder, row.id) });
  const inMs = findings.filter(({ unit }) => unit === "ms");
  for (const { id, runs } of inMs) {
    expect({ id, runs, plausible: runs.every((value) => value > 0 && value < PLAUSIBLE_MS) }).toMatchObject({
      plausible: true,
    });
  }
  return inMs.map(({ id }) => id);
}

function withSlower(...ids: readonly string[]): string[] {
  return [...ids, ...ids.map((id) => `${id}-4x`)];
}

test("the bench sees what is painted, here and there, and who types", async () => {
  const ids = withSlower("enter-to-paint", "enter-to-paint-other", "commit-to-paint-other", "typing-to-paint-other");
  expect(await times(paint)).toEqual(ids);
});

test("the bench sees that another conversation is painted", async () => {
  const ids = withSlower("conversation-switch-cold", "conversation-switch-warm");
  expect(await times(switching)).toEqual(ids);
});

test("the bench sees the list painted without a network", async () => {
  expect(await times(openOffline)).toEqual(withSlower("open-offline", "open-offline-cold"));
});
