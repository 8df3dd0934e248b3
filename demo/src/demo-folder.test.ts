import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureMade } from "./demo-folder.ts";

const parent = mkdtempSync(join(tmpdir(), "parley-demo-folder-"));
afterAll(() => rmSync(parent, { recursive: true }));

async function make(draft: string): Promise<void> {
  mkdirSync(draft);
  writeFileSync(join(draft, "log.db"), "made up");
}

function never(): Promise<void> {
  throw new Error("It was made again.");
}

describe("the demo's folder", () => {
  test("is filled where there is none, and where it is empty; then never again", async () => {
    for (const name of ["new", "empty"]) {
      const folder = join(parent, name);
      if (name === "empty") mkdirSync(folder);
      await ensureMade(folder, make);
      expect(readdirSync(folder).sort()).toEqual(["demo", "log.db"]);
      await ensureMade(folder, never);
    }
  });

  test("is filled anew after an interruption", async () => {
    const folder = join(parent, "interrupted");
    const interrupted = ensureMade(folder, async (draft) => {
      await make(draft);
      throw new Error("Interrupted.");
    });
    await expect(interrupted).rejects.toThrow("Interrupted.");
    await ensureMade(folder, make);
    expect(readdirSync(folder).sort()).toEqual(["demo", "log.db"]);
  });

  test("is never one with somebody's own data", async () => {
    const folder = join(parent, "own");
    mkdirSync(folder);
    writeFileSync(join(folder, "log.db"), "precious");
    await expect(ensureMade(folder, make)).rejects.toThrow("that the demo did not make");
    expect(readdirSync(folder)).toEqual(["log.db"]);
  });
});
