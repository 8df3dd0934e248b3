import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { create } from "@bufbuild/protobuf";
import {
  type Command,
  closeCodeOf,
  directConversationId,
  Encryption,
  type Head,
  HeadSchema,
  ProblemCode,
} from "@parley/protocol";
import { createDirect, post, RawDevice, ServerProcess, signUp, temporaryFolder } from "@parley/rig";

/** Sends commands in order, twenty at a time, until all are answered or the socket is gone. */
async function sendAll(device: RawDevice, commands: readonly Command[]): Promise<void> {
  for (let from = 0; from < commands.length; from += 20) {
    const answered = device.submit(commands.slice(from, from + 20)).then(
      () => true,
      () => false,
    );
    if (!(await Promise.race([answered, device.closed.then(() => false)]))) return;
  }
}

/** How far a device has come by live events. */
function headOf(device: RawDevice, conversation: string): Head {
  const last = device.all("event").at(-1)?.event;
  return create(HeadSchema, { conversation, seq: last?.seq ?? 0, tag: last?.tag ?? 0 });
}

// Processes start and stop slowly on a machine that is busy.
setDefaultTimeout(30_000);

const ends = [
  { signal: "SIGKILL", end: (server: ServerProcess) => server.kill(), code: 137 },
  { signal: "SIGTERM", end: (server: ServerProcess) => server.stop(), code: 0 },
];

describe("a server process", () => {
  for (const { signal, end, code } of ends) {
    test(`[CMD9] ended by ${signal} in a burst loses nothing that it acknowledged, and devices resume`, async () => {
      const folder = temporaryFolder();
      const before = await ServerProcess.start(folder);
      const [ada, ben] = await Promise.all([signUp(before.url, "ada"), signUp(before.url, "ben")]);
      const log = directConversationId(ada.account, ben.account, Encryption.NONE);
      const adas = new RawDevice(before.url, ada.token);
      const { incarnation } = await adas.hello();
      const sent = [
        createDirect(log, ben.account),
        ...Array.from({ length: 200 }, (_, index) => post(log, `${index}`)),
      ];
      const burst = sendAll(adas, sent);
      while (adas.all("answers").length < 4) await Bun.sleep(1);
      expect(await end(before)).toBe(code);
      await burst;
      const acknowledged = adas.all("answers").flatMap(({ answers }) => answers);
      const verdicts = new Map(acknowledged.map(({ id, outcome }) => [id, outcome]));
      expect(verdicts.size).toBeGreaterThanOrEqual(60);

      const after = await ServerProcess.start(folder);
      const again = new RawDevice(after.url, ada.token, "proto", adas.id);
      expect((await again.hello({ incarnation, heads: [headOf(adas, log)] })).incarnation).toBe(incarnation);
      for (const { id, outcome } of await again.submit(sent.slice(0, 60))) {
        const known = verdicts.get(id);
        if (known?.case === "verdict") expect(outcome).toEqual(known);
      }
      const bens = new RawDevice(after.url, ben.token, "json");
      await bens.hello();
      expect((await bens.next("reset")).status?.head?.seq).toBeGreaterThanOrEqual(60);
      await after.stop();
    });
  }

  test("[CON3] says goodbye before it stops", async () => {
    const server = await ServerProcess.start(temporaryFolder());
    const { token } = await signUp(server.url, "ada");
    const device = new RawDevice(server.url, token);
    await device.hello();
    expect(await server.stop()).toBe(0);
    expect(device.all("goodbye")[0]).toMatchObject({ code: ProblemCode.SHUTTING_DOWN, retryAfterMs: 2_000 });
    expect(await device.closed).toBe(closeCodeOf(ProblemCode.SHUTTING_DOWN));
  });

  test("keeps its sessions over a restart", async () => {
    const folder = temporaryFolder();
    const first = await ServerProcess.start(folder);
    const { token, account } = await signUp(first.url, "ada");
    await first.stop();
    const second = await ServerProcess.start(folder);
    expect((await new RawDevice(second.url, token).hello()).account).toBe(account);
    await second.stop();
  });
});

/** Starts a server that is not expected to start; what it says. */
async function failure(environment: Record<string, string>): Promise<{ code: number; said: string }> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "../main.ts")], {
    env: { ...process.env, PORT: "0", ...environment },
    stdout: "ignore",
    stderr: "pipe",
  });
  const said = await new Response(child.stderr).text();
  return { code: await child.exited, said };
}

describe("a server that cannot start says why in one sentence", () => {
  test("a wrong value", async () => {
    expect(await failure({ PORT: "http" })).toEqual({
      code: 1,
      said: 'Parley cannot start. PORT must be a number from 0 to 65535, not "http".\n',
    });
  });

  test("a port in use, a data folder in use", async () => {
    const folder = temporaryFolder();
    const server = await ServerProcess.start(folder);
    const port = new URL(server.url).port;
    const taken = await failure({ PORT: port, PARLEY_DATA: temporaryFolder() });
    expect(taken).toEqual({
      code: 1,
      said: `Parley cannot start. Port ${port} is in use: stop what uses it, or set PORT to another number.\n`,
    });
    const shared = await failure({ PARLEY_DATA: folder });
    expect(shared).toEqual({
      code: 1,
      said: `Parley cannot start. Another Parley server is using this data folder. Data folder: ${folder}\n`,
    });
    await server.stop();
  });

  test("a data folder that is a file, or that cannot be written", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "file");
    writeFileSync(file, "");
    const { code, said } = await failure({ PARLEY_DATA: file });
    expect([code, said.split("\n").length]).toEqual([1, 2]);
    expect(said).toContain("is not a folder");
    // A root user may write everywhere but there.
    const { said: refused } = await failure({ PARLEY_DATA: "/proc/parley" });
    expect(refused).toMatch(/^Parley cannot start\. The data folder \/proc\/parley cannot be /);
  });

  test("damaged databases", async () => {
    for (const name of ["log.db", "accounts.db"]) {
      const folder = temporaryFolder();
      writeFileSync(join(folder, name), "This is no database at all, whatever its name may say. ".repeat(200));
      const { code, said } = await failure({ PARLEY_DATA: folder });
      expect([name, code, said.split("\n").length]).toEqual([name, 1, 2]);
      expect(said).toContain("backup");
    }
  });
});
