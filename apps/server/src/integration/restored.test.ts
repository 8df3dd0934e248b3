import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { RawDevice, ServerProcess, signUp, temporaryFolder } from "@parley/rig";

// Processes start and stop slowly on a machine that is busy.
setDefaultTimeout(30_000);

async function restored(folder: string): Promise<{ code: number; said: string }> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "../restored.ts")], {
    env: { ...process.env, PARLEY_DATA: folder },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [said, failed] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  return { code: await child.exited, said: said + failed };
}

describe("a folder that is declared to be restored", () => {
  test("[INC1] begins a new incarnation, and keeps accounts and sessions", async () => {
    const folder = temporaryFolder();
    const before = await ServerProcess.start(folder);
    const { token, account } = await signUp(before.url, "ada");
    const { incarnation } = await new RawDevice(before.url, token).hello();
    await before.stop();
    expect(await restored(folder)).toMatchObject({ code: 0 });
    const after = await ServerProcess.start(folder);
    const welcome = await new RawDevice(after.url, token).hello({ incarnation });
    await after.stop();
    expect(welcome.account).toBe(account);
    expect(welcome.incarnation).not.toBe(incarnation);
  });

  test("is not touched while a server uses it", async () => {
    const folder = temporaryFolder();
    const server = await ServerProcess.start(folder);
    const outcome = await restored(folder);
    await server.stop();
    expect(outcome.code).toBe(1);
    expect(outcome.said).toStartWith("Nothing was changed. Another Parley server is using this data folder.");
  });

  test("has to hold data", async () => {
    const folder = temporaryFolder();
    expect(await restored(folder)).toEqual({
      code: 1,
      said: `Nothing was changed. There is no data of Parley in ${folder}: set PARLEY_DATA to the restored folder.\n`,
    });
  });
});
