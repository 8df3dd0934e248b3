import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  AnswersSchema,
  CommandSchema,
  directConversationId,
  Encryption,
  ListDevicesResponseSchema,
  ProblemCode,
  SubmitSchema,
} from "@parley/protocol";
import {
  bearer,
  call,
  createDirect,
  freshId,
  post,
  RawDevice,
  ServerProcess,
  signUp,
  temporaryFolder,
} from "@parley/rig";

let server: ServerProcess;
let names = 0;

beforeAll(async () => {
  server = await ServerProcess.start(temporaryFolder());
});

afterAll(async () => {
  await server.stop();
});

function person() {
  return signUp(server.url, `person${++names}`);
}

/** The Problem in the details of a Connect error, by its debug form. */
function problemIn(body: Record<string, unknown>): unknown {
  const details = body["details"] as { type: string; debug: unknown }[] | undefined;
  expect(details?.[0]?.type).toBe("parley.v1.Problem");
  return details?.[0]?.debug;
}

describe("curl in JSON", () => {
  test("signs in, lists, sends, pages and marks", async () => {
    const [ada, ben] = await Promise.all([person(), person()]);
    const log = directConversationId(ada.account, ben.account, Encryption.NONE);
    const signedIn = await call(server.url, "AccountService/SignIn", {
      userName: "Person1",
      password: "correct horse",
    });
    expect(signedIn.body).toMatchObject({ profile: { userName: "person1", displayName: "person1", rev: 1 } });
    const asAda = bearer(ada.token);
    const begin = {
      id: freshId(),
      log,
      sentAt: 1,
      create: {
        kind: "CONVERSATION_KIND_DIRECT",
        encryption: "ENCRYPTION_NONE",
        history: "HISTORY_POLICY_ALL",
        members: [ben.account],
      },
    };
    expect((await call(server.url, "ConversationService/Execute", { command: begin }, asAda)).body).toMatchObject({
      id: begin.id,
      verdict: { log, accepted: { seq: 1 } },
    });
    const hello = { id: freshId(), log, sentAt: 2, post: { content: { plain: { text: "Hello from curl" } } } };
    const first = await call(server.url, "ConversationService/Execute", { command: hello }, asAda);
    const again = await call(server.url, "ConversationService/Execute", { command: hello }, asAda);
    expect(first.body).toMatchObject({ verdict: { accepted: { seq: 2 } } });
    expect(again.body).toEqual(first.body);
    const asBen = bearer(ben.token);
    const list = await call(server.url, "ConversationService/ListConversations", {}, asBen);
    expect(list.body).toMatchObject({
      conversations: [
        { status: { head: { conversation: log, seq: 2 }, read: { unread: 1 } }, newest: { id: hello.id } },
      ],
    });
    const page = await call(
      server.url,
      "ConversationService/GetPage",
      { conversation: log, newest: {}, limit: 20 },
      asBen,
    );
    expect(page.body).toMatchObject({ asOf: 2, entries: [{}, { id: hello.id, author: ada.account }] });
    const marked = await call(server.url, "ConversationService/SetMark", { conversation: log, read: 2 }, asBen);
    expect(marked.body).toMatchObject({ conversation: log, read: 2 });
    const [listed] = list.body["conversations"] as { status: { head: { tag: number } } }[];
    const changes = await call(
      server.url,
      "ConversationService/GetChanges",
      { conversation: log, since: listed?.status.head },
      asBen,
    );
    expect(changes.body).toMatchObject({ changes: { from: 2, to: { seq: 2 } } });
  });

  test("is told what is wrong by a Problem", async () => {
    const ada = await person();
    const asAda = bearer(ada.token);
    const cases = [
      ["AccountService/GetSession", {}, {}, 401, "PROBLEM_CODE_UNAUTHENTICATED"],
      ["AccountService/SignIn", { userName: "nobody", password: "wrong" }, {}, 401, "PROBLEM_CODE_WRONG_CREDENTIALS"],
      ["AccountService/SignUp", { userName: "PERSON1", password: "correct horse" }, {}, 409, "PROBLEM_CODE_NAME_TAKEN"],
      ["AccountService/SignUp", { userName: "x", password: "correct horse" }, {}, 400, "PROBLEM_CODE_INVALID"],
      ["AccountService/SignUp", { userName: "xyz", password: "short" }, {}, 400, "PROBLEM_CODE_INVALID"],
      [
        "ConversationService/GetPage",
        { conversation: freshId(), newest: {}, limit: 5 },
        asAda,
        404,
        "PROBLEM_CODE_NOT_FOUND",
      ],
      [
        "ConversationService/GetPage",
        { conversation: freshId(), newest: {}, limit: 500 },
        asAda,
        400,
        "PROBLEM_CODE_INVALID",
      ],
      ["ConversationService/GetPage", { conversation: "x", newest: {}, limit: 5 }, asAda, 400, "PROBLEM_CODE_INVALID"],
      ["ConversationService/SetMark", { conversation: freshId(), read: 1 }, asAda, 404, "PROBLEM_CODE_NOT_FOUND"],
      ["ConversationService/SubmitCommands", { submissions: [] }, asAda, 400, "PROBLEM_CODE_MALFORMED"],
      ["ConversationService/ListConversations", { cursor: "made up" }, asAda, 400, "PROBLEM_CODE_INVALID"],
      ["ConversationService/ListConversations", { limit: 201 }, asAda, 400, "PROBLEM_CODE_INVALID"],
      ["AccountService/RevokeDevice", { id: freshId() }, asAda, 404, "PROBLEM_CODE_NOT_FOUND"],
      ["AccountService/SetDisplayName", { displayName: " " }, asAda, 400, "PROBLEM_CODE_INVALID"],
    ] as const;
    for (const [method, body, headers, status, code] of cases) {
      const answer = await call(server.url, method, body, headers);
      expect([method, answer.status, problemIn(answer.body)]).toEqual([
        method,
        status,
        expect.objectContaining({ code, reason: expect.any(String) }),
      ]);
    }
  });

  test("guessing passwords is slowed down, with the time to wait", async () => {
    await person();
    const userName = `person${names}`;
    const answers = [];
    for (let guess = 0; guess < 11; guess++) {
      answers.push(await call(server.url, "AccountService/SignIn", { userName, password: `guess ${guess}` }));
    }
    expect(answers.slice(0, 10).map(({ status }) => status)).toEqual(Array(10).fill(401));
    const last = problemIn(answers.at(-1)?.body ?? {}) as { code: string; retryAfterMs: number };
    expect(last.code).toBe("PROBLEM_CODE_RATE_LIMITED");
    expect(last.retryAfterMs).toBeGreaterThan(0);
    expect(last.retryAfterMs).toBeLessThanOrEqual(30_000);
  });

  test("names that nobody can have are not remembered as guesses, and look like wrong ones", async () => {
    const userName = "x".repeat(100_000);
    for (let guess = 0; guess < 11; guess++) {
      const { status, body } = await call(server.url, "AccountService/SignIn", { userName, password: "guess" });
      expect([status, problemIn(body)]).toMatchObject([401, { code: "PROBLEM_CODE_WRONG_CREDENTIALS" }]);
    }
  });
});

describe("devices", () => {
  test("are listed, and revoking one ends its socket and its session", async () => {
    const ada = await person();
    const { body } = await call(server.url, "AccountService/SignIn", {
      userName: `person${names}`,
      password: "correct horse",
    });
    const phoneToken = String(body["token"]);
    const laptop = new RawDevice(server.url, ada.token);
    const phone = new RawDevice(server.url, phoneToken, "json");
    await Promise.all([laptop.hello(), phone.hello()]);
    const listed = await call(server.url, "AccountService/ListDevices", {}, bearer(ada.token));
    const devices = listed.body["devices"] as { id: string; name: string; current?: boolean }[];
    expect(new Set(devices.map(({ id, current }) => `${id} ${current === true}`))).toEqual(
      new Set([`${laptop.id} true`, `${phone.id} false`]),
    );
    expect((await call(server.url, "AccountService/RevokeDevice", { id: phone.id }, bearer(ada.token))).status).toBe(
      200,
    );
    expect(await phone.closed).toBe(4000 + ProblemCode.DEVICE_CLOSED);
    expect((await call(server.url, "AccountService/GetSession", {}, bearer(phoneToken))).status).toBe(401);
    expect(await new RawDevice(server.url, phoneToken).closed).toBe(4000 + ProblemCode.UNAUTHENTICATED);
    expect((await call(server.url, "AccountService/GetSession", {}, bearer(ada.token))).status).toBe(200);
  });

  test("signing in again on the same device ends the session that it had, which no list would show", async () => {
    const ada = await person();
    const credentials = { userName: `person${names}`, password: "correct horse" };
    const again = String((await call(server.url, "AccountService/SignIn", credentials)).body["token"]);
    const before = new RawDevice(server.url, ada.token);
    await before.hello();
    const other = new RawDevice(server.url, again, "proto", before.id);
    await other.hello();
    expect((await call(server.url, "AccountService/GetSession", {}, bearer(ada.token))).status).toBe(401);
    expect((await call(server.url, "AccountService/GetSession", {}, bearer(again))).status).toBe(200);
  });

  test("signing out closes the socket and forgets the session", async () => {
    const ada = await person();
    const device = new RawDevice(server.url, ada.token);
    await device.hello();
    expect((await call(server.url, "AccountService/SignOut", {}, bearer(ada.token))).status).toBe(200);
    expect(await device.closed).toBe(4000 + ProblemCode.UNAUTHENTICATED);
    expect((await call(server.url, "AccountService/GetSession", {}, bearer(ada.token))).status).toBe(401);
  });

  test("flush their outbox over HTTP, in order and in binary", async () => {
    const [ada, ben] = await Promise.all([person(), person()]);
    const device = new RawDevice(server.url, ada.token);
    await device.hello();
    device.close();
    const log = directConversationId(ada.account, ben.account, Encryption.NONE);
    const [begin, hi] = [createDirect(log, ben.account), post(log, "hi")];
    const submit = create(SubmitSchema, {
      submissions: [
        { order: { link: { case: "first", value: {} } }, command: toBinary(CommandSchema, begin) },
        { order: { link: { case: "after", value: begin.id } }, command: toBinary(CommandSchema, hi) },
      ],
    });
    const answer = await fetch(`${server.url}/parley.v1.ConversationService/SubmitCommands`, {
      method: "POST",
      headers: { "content-type": "application/proto", ...bearer(ada.token) },
      body: new Uint8Array(toBinary(SubmitSchema, submit)),
    });
    const { answers } = fromBinary(AnswersSchema, await answer.bytes());
    expect(answers.map(({ id, outcome }) => [id, outcome.case])).toEqual([
      [begin.id, "verdict"],
      [hi.id, "verdict"],
    ]);
    const devices = await fetch(`${server.url}/parley.v1.AccountService/ListDevices`, {
      method: "POST",
      headers: { "content-type": "application/proto", ...bearer(ada.token) },
    });
    expect(fromBinary(ListDevicesResponseSchema, await devices.bytes()).devices.map(({ id }) => id)).toEqual([
      device.id,
    ]);
  });
});

describe("people", () => {
  test("are found by the beginning of a name, and a new display name shows", async () => {
    const ada = await person();
    const renamed = await call(
      server.url,
      "AccountService/SetDisplayName",
      { displayName: "Zoë Zimt" },
      bearer(ada.token),
    );
    expect(renamed.body).toMatchObject({ account: ada.account, displayName: "Zoë Zimt", rev: 2 });
    const found = await call(server.url, "AccountService/FindPeople", { query: "zo" }, bearer(ada.token));
    expect(found.body).toMatchObject({ people: [{ account: ada.account, displayName: "Zoë Zimt" }] });
  });
});

describe("browsers", () => {
  test("get a cookie that scripts cannot read instead of a token, and it counts with their Origin only", async () => {
    const origin = server.url;
    const answer = await call(
      server.url,
      "AccountService/SignUp",
      { userName: `person${++names}`, password: "correct horse" },
      { origin },
    );
    expect(answer.body["token"]).toBeUndefined();
    const [setCookie = ""] = answer.headers.getSetCookie();
    expect(setCookie).toMatch(/^parley\.session_token=.*HttpOnly.*SameSite=Strict/);
    const cookie = setCookie.split(";")[0] ?? "";
    expect((await call(server.url, "AccountService/GetSession", {}, { cookie, origin })).status).toBe(200);
    expect((await call(server.url, "AccountService/GetSession", {}, { cookie })).status).toBe(401);
    const pastProxy = { cookie, origin, authorization: "Basic YWRhOmxvdmVsYWNl" };
    expect((await call(server.url, "AccountService/GetSession", {}, pastProxy)).body).toHaveProperty("profile");
    const nobody = await call(server.url, "AccountService/GetSession", {}, { origin });
    expect([nobody.status, nobody.body]).toEqual([200, {}]);
    const device = new RawDevice(server.url, "", "proto", freshId(), { cookie, origin });
    expect((await device.hello()).credit).toBe(64);
    device.close();
  });

  test("of other sites and with other names are sent away", async () => {
    const foreign = await call(server.url, "AccountService/GetSession", {}, { origin: "https://evil.example" });
    expect([foreign.status, foreign.body["text"]]).toEqual([403, expect.stringContaining("does not serve pages of")]);
    const rebound = await fetch(server.url, { headers: { host: "evil.example" } });
    expect([rebound.status, await rebound.text()]).toEqual([
      403,
      expect.stringContaining("does not answer to the name"),
    ]);
    const nonsense = await fetch(server.url, { headers: { host: "localhost:1@evil.example" } });
    expect([nonsense.status, await nonsense.text()]).toEqual([400, "Host is not a name or an address.\n"]);
    const ada = await person();
    const socket = new RawDevice(server.url, ada.token, "proto", freshId(), { origin: "https://evil.example" });
    expect(await socket.closed).toBeGreaterThanOrEqual(1000);
    expect(socket.frames).toEqual([]);
  });

  test("behind a proxy use the public address, with cookies for https only", async () => {
    const origin = "https://chat.example.org";
    const proxied = await ServerProcess.start(temporaryFolder(), { environment: { PARLEY_ORIGIN: origin } });
    const answer = await call(
      proxied.url,
      "AccountService/SignUp",
      { userName: "ada", password: "correct horse" },
      { origin },
    );
    const [setCookie = ""] = answer.headers.getSetCookie();
    expect(setCookie).toMatch(/^__Secure-parley\.session_token=.*Secure/);
    const cookie = setCookie.split(";")[0] ?? "";
    const device = new RawDevice(proxied.url, "", "json", freshId(), { cookie, origin, host: "chat.example.org" });
    expect((await device.hello()).heartbeatMs).toBe(30_000);
    const direct = await call(proxied.url, "AccountService/GetSession", {}, { cookie, origin: proxied.url });
    expect(direct.status).toBe(403);
    await proxied.stop();
  });

  test("learn that the server lives and serves", async () => {
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, ready.headers.get("x-content-type-options")]).toEqual([200, "nosniff"]);
  });
});
