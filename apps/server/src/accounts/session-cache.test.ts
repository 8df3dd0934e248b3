import { expect, test } from "bun:test";
import { ManualClock } from "../testing/manual-clock.ts";
import { SessionCache } from "./session-cache.ts";
import type { SignedIn } from "./signed-in.ts";

const ada: SignedIn = { account: "a", session: "s", userName: "ada", firstDisplayName: "Ada" };

function counted(answer: () => SignedIn | undefined) {
  const lookUps = { count: 0 };
  const lookUp = async () => {
    lookUps.count++;
    return answer();
  };
  return { lookUps, lookUp };
}

test("a session is looked up once in a while", async () => {
  const clock = new ManualClock();
  const cache = new SessionCache(clock);
  const { lookUps, lookUp } = counted(() => ada);
  for (let call = 0; call < 5; call++) expect(await cache.get("token", lookUp)).toBe(ada);
  expect(lookUps.count).toBe(1);
  await clock.advance(30_000);
  await cache.get("token", lookUp);
  expect(lookUps.count).toBe(2);
});

test("an ended session is not served from memory", async () => {
  const cache = new SessionCache(new ManualClock());
  await cache.get("token", async () => ada);
  cache.forget(ada.session);
  expect(await cache.get("token", async () => undefined)).toBeUndefined();
});

test("a look-up that was under way when a session ended does not count", async () => {
  const cache = new SessionCache(new ManualClock());
  const stored: (SignedIn | undefined)[] = [ada, undefined];
  const slow = cache.get("token", async () => {
    const found = stored.shift();
    if (found !== undefined) cache.forget(ada.session);
    return found;
  });
  expect(await slow).toBeUndefined();
  expect(await cache.get("token", async () => undefined)).toBeUndefined();
});

test("the end of another session during a look-up changes nothing", async () => {
  const cache = new SessionCache(new ManualClock());
  const { lookUps, lookUp } = counted(() => {
    if (lookUps.count === 1) cache.forget("another");
    return ada;
  });
  expect(await cache.get("token", lookUp)).toBe(ada);
  expect(lookUps.count).toBe(2);
});

test("nobody is not remembered", async () => {
  const cache = new SessionCache(new ManualClock());
  expect(await cache.get("token", async () => undefined)).toBeUndefined();
  expect(await cache.get("token", async () => ada)).toBe(ada);
});
