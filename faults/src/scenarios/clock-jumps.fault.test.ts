import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Answer, RetryCode } from "@parley/protocol";
import { bearer, call, createGroup, freshId, post, RawDevice, ServerProcess, settle } from "@parley/rig";
import { FakeClock } from "../clock/fake-clock.ts";

setDefaultTimeout(60_000);

const HOUR_S = 60 * 60;
const DAY_S = 24 * HOUR_S;
const YEAR_S = 365 * DAY_S;
/** Far more than an account may have at once. */
const FLOOD = 20_000;
const PER_FRAME = 60;
const PATIENCE_MS = 20_000;

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A server with one person, and its clock. */
async function serverOfOne() {
  const place = mkdtempSync(join(tmpdir(), "parley-clock-"));
  ends.push(() => rmSync(place, { recursive: true }));
  const folder = join(place, "data");
  const { people, close } = await settle({ folder, accounts: 1 });
  await close();
  const clock = new FakeClock(join(place, "clock"));
  const server = await ServerProcess.start(folder, clock.options);
  ends.push(() => server.kill());
  return { server, clock, token: people[0]?.tokens[0] ?? "", userName: people[0]?.userName ?? "" };
}

function waitOf({ outcome }: Answer): number | undefined {
  return outcome.case === "retry" && outcome.value.code === RetryCode.RATE_LIMITED
    ? outcome.value.retryAfterMs
    : undefined;
}

test("who has used up the allowance of commands gets it back, whatever the clock does meanwhile", async () => {
  const { server, clock, token } = await serverOfOne();
  const device = new RawDevice(server.url, token);
  await device.hello();
  const log = freshId();
  await device.submit([createGroup(log, [])]);
  let wait: number | undefined;
  for (let sent = 0; sent < FLOOD && wait === undefined; sent += PER_FRAME) {
    const answers = await device.submit(Array.from({ length: PER_FRAME }, () => post(log, "flood")));
    wait = answers.map(waitOf).find((each) => each !== undefined);
  }
  expect(wait).toBeGreaterThan(0);
  for (const offset of [-YEAR_S, -2 * YEAR_S]) {
    clock.jumpTo(offset);
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const [answer] = await device.submit([post(log, "later")]);
      if (answer?.outcome.case === "verdict") break;
      expect(performance.now()).toBeLessThan(deadline);
      await Bun.sleep(20);
    }
  }
});

test("who tried too many passwords does not wait for years after the clock was set back", async () => {
  const { server, clock, userName } = await serverOfOne();
  const attempt = () => call(server.url, "AccountService/SignIn", { userName, password: "wrong" });
  for (let tries = 0; tries < 10; tries++) expect((await attempt()).body["code"]).toBe("unauthenticated");
  clock.jumpTo(-YEAR_S);
  const { body } = await attempt();
  const [detail] = body["details"] as { debug: { retryAfterMs: number } }[];
  expect([body["code"], detail?.debug.retryAfterMs]).toEqual(["resource_exhausted", expect.any(Number)]);
  expect(detail?.debug.retryAfterMs).toBeLessThanOrEqual(30_000);
});

test("sessions outlive a clock that is off by hours and by days; they end by the date after 60 days", async () => {
  const { server, clock, token } = await serverOfOne();
  const status = async () => (await call(server.url, "AccountService/GetSession", {}, bearer(token))).status;
  for (const offset of [5 * HOUR_S, -5 * HOUR_S, -3 * YEAR_S, 30 * DAY_S]) {
    clock.jumpTo(offset);
    expect([offset, await status()]).toEqual([offset, 200]);
  }
  const device = new RawDevice(server.url, token);
  await device.hello();
  clock.jumpTo(200 * DAY_S);
  expect(await status()).toBe(401);
});
