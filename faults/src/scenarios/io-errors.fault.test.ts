import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RawDevice, ServerProcess, settle } from "@parley/rig";
import { tracer } from "../strace/tracer.ts";

setDefaultTimeout(60_000);

const CALLS = ["openat", "pread64", "pwrite64", "fsync", "fdatasync"];
const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

/** A data folder with one person, and how to start a server whose calls on one of its files fail. */
async function folderOfOne() {
  const place = realpathSync(mkdtempSync(join(tmpdir(), "parley-io-errors-")));
  ended.push(() => rmSync(place, { recursive: true }));
  const folder = join(place, "data");
  const output = join(place, "trace");
  const { people, close } = await settle({ folder, accounts: 1 });
  await close();
  return {
    token: people[0]?.tokens[0] ?? "",
    async start(file: string, injection: string): Promise<ServerProcess> {
      const paths = [join(folder, file)];
      const wrapper = tracer({ output, calls: CALLS, paths, injections: [injection] });
      const server = await ServerProcess.start(folder, { wrapper });
      ended.push(() => server.kill());
      return server;
    },
    injected: () => readFileSync(output, "utf8").includes("(INJECTED)"),
  };
}

test("a sync that fails while a device is registered ends the server as well", async () => {
  const { token, start, injected } = await folderOfOne();
  const server = await start("log.db-wal", "fsync,fdatasync:error=EIO:when=1");
  const device = new RawDevice(server.url, token);
  void device.hello().catch(() => undefined);
  expect(await server.exited).toBe(1);
  expect(server.output).toContain(
    "Parley stops because its store failed: A commit failed; nothing more is written. The database file cannot be read or written (disk I/O error).",
  );
  expect(injected()).toBe(true);
});

const starts = [
  [
    "a database that cannot be read",
    "log.db",
    "pread64:error=EIO:when=1",
    /cannot be read or written \(disk I\/O error\)/,
  ],
  ["a database that ends too soon", "log.db", "pread64:retval=0:when=2+", /is not a database.*backup/],
  ["a database that opens for reading only", "log.db", "openat:error=EROFS:when=1", /cannot be written.*permissions/],
  ["accounts that cannot be read", "accounts.db", "pread64:error=EIO:when=1", /database of accounts.*SQLITE_IOERR/],
] as const;

for (const [what, file, injection, said] of starts) {
  test(`${what}: the start ends with one sentence`, async () => {
    const { start, injected } = await folderOfOne();
    const failure = await start(file, injection).catch((error: unknown) => String(error));
    expect(failure).toMatch(/^Error: The server ended with 1 before it was ready: Parley cannot start\. [^\n]*\n$/);
    expect(failure).toMatch(said);
    expect(injected()).toBe(true);
  });
}
