import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { bearer, call, ServerProcess, signUp, temporaryFolder } from "@parley/rig";

const PAGE = `${import.meta.dir}/../../../../docs/protocol.md`;
let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start(temporaryFolder());
});

afterAll(async () => {
  await server.stop();
});

/** The calls of the page's shell session, in order. */
function documentedCalls(): { method: string; body: unknown }[] {
  const [, session = ""] = /^```sh\n(BASE=.*?)^```/ms.exec(readFileSync(PAGE, "utf8")) ?? [];
  return [...session.matchAll(/^call (\w+\/\w+) '([^']*)'/gm)].map(([, method = "", body = ""]) => {
    return { method, body: JSON.parse(body) };
  });
}

test("the HTTP session of docs/protocol.md works, and sends nothing twice", async () => {
  const { token } = await signUp(server.url, "ana");
  const calls = documentedCalls();
  const once: Record<string, unknown>[] = [];
  for (const { method, body } of calls) {
    const answer = await call(server.url, method, body, bearer(token));
    expect([method, answer.status]).toEqual([method, 200]);
    once.push(answer.body);
  }
  expect(once).toMatchObject([
    { verdict: { accepted: { seq: 1 } } },
    { verdict: { accepted: { seq: 2 } } },
    { conversations: [{ state: { title: "Tea club" }, newest: { ordinal: 2 } }] },
    { entries: [{ ordinal: 1 }, { message: { content: { plain: { text: "Hello from curl" } } } }] },
    { entries: [{ ordinal: 1 }] },
    { read: 2 },
  ]);
  for (const [index, { method, body }] of calls.entries()) {
    const again = await call(server.url, method, body, bearer(token));
    if (method.endsWith("/Execute")) expect(again.body).toEqual(once[index] ?? { missing: true });
  }
});

test("the polling session of docs/protocol.md works", async () => {
  const { token } = await signUp(server.url, "ben");
  const [, session = ""] = /^```sh\n(say\(\).*?)^```/ms.exec(readFileSync(PAGE, "utf8")) ?? [];
  const steps = [...session.matchAll(/\bsay "([^"]*)"(?: '([^']*)')?/g)];
  const told: unknown[] = [];
  let poll = "";
  for (const [, path = "", body = ""] of steps) {
    const headers = { ...bearer(token), "content-type": "application/json" };
    const address = `${server.url}/poll${path.replace("$POLL", poll)}`;
    const answer = await fetch(address, { method: "POST", headers, body });
    poll = answer.headers.get("parley-poll") ?? poll;
    const text = await answer.text();
    told.push([path, answer.status, ...text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]))]);
  }
  expect(told).toMatchObject([
    ["", 200],
    ["/$POLL/send/1", 204],
    ["/$POLL/receive/1", 200, { welcome: { heartbeatMs: 30_000 } }],
    ["/$POLL/send/2", 204],
    ["/$POLL/receive/2", 200, { pong: { nonce: 5 } }],
    ["/$POLL/close", 204],
  ]);
});
