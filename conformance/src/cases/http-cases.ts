import { AccountService, ConversationService, limits, ProblemCode } from "@parley/protocol";
import { problemIn } from "../kit/caller.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat, shown } from "../kit/expectation.ts";
import { freshId, freshUserName } from "../kit/ids.ts";

const { method } = AccountService;
const OPEN_TO_ALL = ["SignUp", "SignIn"];

/** Calls over HTTP: their form, accounts, sessions and devices. */
export const httpCases: readonly ConformanceCase[] = [
  {
    title: "[HTTP1] calls are Connect's: POST, answered in the encoding of the question",
    async run(session) {
      const caller = session.as(await session.person());
      const path = "parley.v1.AccountService/GetSession";
      const empty = session.encoding === "proto" ? "" : "{}";
      const answer = await caller.send(path, empty);
      expectEqual(
        [answer.status, answer.headers.get("content-type")],
        [200, `application/${session.encoding}`],
        "the answer",
      );
      expectEqual(
        (await caller.send(path, empty, { "content-type": "text/plain" })).status,
        415,
        "the status for text",
      );
      expectEqual((await fetch(`${session.url}/${path}`)).status, 405, "the status for GET");
      const unknown = await caller.send("parley.v1.AccountService/Teleport", empty);
      expectThat([404, 405, 501].includes(unknown.status), "no method of that name", unknown.status);
    },
  },
  {
    title: "[HTTP2] [SIGNOUT1] a session is the bearer token until it is signed out, which closes its device",
    async run(session) {
      const person = await session.person();
      const seat = await session.signIn(person);
      const device = await session.onlineAt(seat);
      const caller = session.http.as(seat.token);
      expectMatch(
        await caller.call(method.getSession, {}),
        { profile: { account: person.account }, token: "" },
        "the session",
      );
      await caller.call(method.signOut, {});
      await device.expectGoodbye(ProblemCode.UNAUTHENTICATED);
      await caller.refused(method.getSession, {}, ProblemCode.UNAUTHENTICATED);
      await caller.refused(method.signOut, {}, ProblemCode.UNAUTHENTICATED);
      await (await session.connect(seat)).expectProblem(ProblemCode.UNAUTHENTICATED);
      const { devices } = await session.as(person).call(method.listDevices, {});
      expectEqual(
        devices.filter(({ id }) => id === seat.device),
        [],
        "the device in the list",
      );
      const late = await session.connect({ ...(await session.signIn(person)), device: seat.device });
      late.send({ case: "hello", value: { device: seat.device } });
      await late.expectGoodbye(ProblemCode.DEVICE_CLOSED);
    },
  },
  {
    title: "[HTTP3] [PROBLEM1] a failure is a status, a Connect code and a Problem in the details",
    async run(session) {
      const caller = session.as(await session.person());
      for (const [outcome, status, code, problem] of [
        [await session.http.outcome(method.getSession, {}), 401, "unauthenticated", ProblemCode.UNAUTHENTICATED],
        [
          await caller.outcome(method.setDisplayName, { displayName: "" }),
          400,
          "invalid_argument",
          ProblemCode.INVALID,
        ],
        [await caller.outcome(method.revokeDevice, { id: freshId() }), 404, "not_found", ProblemCode.NOT_FOUND],
      ] as const) {
        expectMatch(outcome, { ok: false, status, code, problem: { code: problem, retryAfterMs: 0 } }, "the failure");
        expectThat(
          !outcome.ok && outcome.headers.get("content-type")?.startsWith("application/json") === true,
          "JSON",
          outcome.headers,
        );
      }
    },
  },
  {
    title: "[HTTP3] [LIMIT1] what is no message of the method is MALFORMED, and what is over 524,288 bytes TOO_LARGE",
    async run(session) {
      const caller = session.as(await session.person());
      const path = "parley.v1.AccountService/FindPeople";
      const unread: readonly (string | Uint8Array<ArrayBuffer>)[] =
        session.encoding === "json"
          ? ["{", "[]", '{"query":5}', ""]
          : [Uint8Array.of(255, 255), Uint8Array.of(0x0a, 9, 1)];
      for (const body of unread) await expectFailure(await caller.send(path, body), 400, ProblemCode.MALFORMED);
      await expectFailure(await caller.send(path, " ".repeat(limits.frameBytes + 1)), 429, ProblemCode.TOO_LARGE);
      const compressed = await caller.send(path, new Uint8Array(8), { "content-encoding": "gzip" });
      await expectFailure(compressed, 400, ProblemCode.MALFORMED);
    },
  },
  {
    title: "[HTTP4] healthz and readyz answer 200 while the server serves",
    only: "proto",
    async run(session) {
      for (const path of ["healthz", "readyz"])
        expectEqual((await fetch(`${session.url}/${path}`)).status, 200, `the status of ${path}`);
    },
  },
  {
    title: "[HTTP5] every method but SignUp and SignIn needs a session",
    async run(session) {
      const methods = [...AccountService.methods, ...ConversationService.methods].filter(
        ({ name }) => !OPEN_TO_ALL.includes(name),
      );
      for (const { parent, name } of methods) {
        for (const headers of [{}, { authorization: "Bearer made.up" }]) {
          const answer = await session.http.send(
            `${parent.typeName}/${name}`,
            session.encoding === "proto" ? "" : "{}",
            headers,
          );
          expectEqual(answer.status, 401, `the status of ${name} without a session`);
          expectMatch(await answer.json(), { code: "unauthenticated" }, `the failure of ${name}`);
        }
      }
    },
  },
  {
    title: "[SIGNUP1] signing up makes an account with a name in lower case; taken and malformed names are refused",
    async run(session) {
      const person = await session.newcomer();
      const { userName } = person;
      const fine = { userName: freshUserName(), password: "correct horse" };
      await session.http.refused(method.signUp, { ...fine, userName: userName.toUpperCase() }, ProblemCode.NAME_TAKEN);
      for (const wrong of [
        { userName: "ab" },
        { userName: "a".repeat(31) },
        { userName: "with space" },
        { userName: "ünal" },
        { password: "7 chars" },
        { password: "x".repeat(129) },
        { displayName: "n".repeat(61) },
        { displayName: "\u202egnorw" },
      ]) {
        const problem = await session.http.refused(method.signUp, { ...fine, ...wrong }, ProblemCode.INVALID);
        expectThat(!shown(problem).includes("correct horse"), "no password in a reason", problem);
      }
    },
  },
  {
    title: "[SIGNIN1] signing in gives a session of its own; wrong credentials all look alike",
    async run(session) {
      const person = await session.person();
      const { userName, password, account } = person;
      const signedIn = await session.http.call(method.signIn, { userName: userName.toUpperCase(), password });
      expectMatch(signedIn, { profile: { account, userName } }, "the session");
      expectThat(signedIn.token !== "" && signedIn.token !== person.seat.token, "a token of its own");
      const wrong = [
        await session.http.refused(
          method.signIn,
          { userName, password: `${password}.` },
          ProblemCode.WRONG_CREDENTIALS,
        ),
        await session.http.refused(
          method.signIn,
          { userName: freshUserName(), password },
          ProblemCode.WRONG_CREDENTIALS,
        ),
        await session.http.refused(method.signIn, { userName: "", password: "" }, ProblemCode.WRONG_CREDENTIALS),
      ];
      expectEqual(new Set(wrong.map(({ reason }) => reason)).size, 1, "the number of reasons");
    },
  },
  {
    title: "[SIGNIN1] guessing a password is RATE_LIMITED, with the time to wait",
    async run(session) {
      const person = await session.person();
      session.spend(person);
      const { userName } = person;
      const outcomes = [];
      for (let guess = 0; guess < 11; guess++)
        outcomes.push(await session.http.outcome(method.signIn, { userName, password: `guess ${guess}` }));
      expectMatch(
        outcomes.at(-1),
        { ok: false, status: 429, problem: { code: ProblemCode.RATE_LIMITED } },
        "the eleventh guess",
      );
      const last = outcomes.at(-1);
      const waitMs = last?.ok === false ? (last.problem?.retryAfterMs ?? 0) : 0;
      expectThat(waitMs > 0 && waitMs <= 60_000, "a time to wait", waitMs);
    },
  },
  {
    title: "[SESSION1] a page of this server that nobody is signed in at gets a Session without profile",
    async run(session) {
      const page = session.http.with({ origin: session.url });
      expectMatch(await page.call(method.getSession, {}), { profile: undefined, token: "" }, "the session");
    },
  },
  {
    title: "[NAME1] a display name that cannot be seen is INVALID",
    async run(session) {
      const caller = session.as(await session.person());
      for (const displayName of ["", "   ", "\u200b", "a\nb", "\u2066hidden"]) {
        await caller.refused(method.setDisplayName, { displayName }, ProblemCode.INVALID);
      }
    },
  },
  {
    title: "[DEVICES1] [DEVICES2] one's devices are listed; revoking one ends its session and its socket",
    async run(session) {
      const person = await session.person();
      const own = await session.online(person);
      const seat = await session.signIn(person);
      const other = await session.onlineAt(seat);
      const caller = session.as(person);
      const { devices } = await caller.call(method.listDevices, {});
      const shownOf = (id: string) => devices.find((device) => device.id === id);
      expectMatch(
        [shownOf(own.id), shownOf(other.id)],
        [
          { name: "conformance", current: true },
          { name: "conformance", current: false },
        ],
        "the devices",
      );
      expectThat(
        devices.every(({ createdAt, lastSeenAt }) => createdAt > 0 && lastSeenAt >= createdAt),
        "times",
        devices,
      );
      await session.as(await session.person()).refused(method.revokeDevice, { id: other.id }, ProblemCode.NOT_FOUND);
      await caller.refused(method.revokeDevice, { id: "phone" }, ProblemCode.INVALID);
      await caller.call(method.revokeDevice, { id: other.id });
      await other.expectGoodbye(ProblemCode.DEVICE_CLOSED);
      await session.http.as(seat.token).refused(method.getSession, {}, ProblemCode.UNAUTHENTICATED);
      await caller.refused(method.revokeDevice, { id: other.id }, ProblemCode.NOT_FOUND);
      await own.settle();
    },
  },
  {
    title: "[PEOPLE1] people are found by the beginning of either name, up to a limit",
    async run(session) {
      const [ana, ben] = await session.people(2);
      const caller = session.as(ana);
      const find = async (query: string, limit = 0) =>
        (await caller.call(method.findPeople, { query, limit })).people.map(({ account }) => account);
      for (const query of [ben.userName, ben.userName.slice(0, 8).toUpperCase(), ` ${ben.displayName.slice(0, -2)} `]) {
        expectThat((await find(query, 50)).includes(ben.account), `${ben.userName} to be found by "${query}"`);
      }
      expectEqual(await find(freshUserName()), [], "who is found by a name of nobody");
      expectEqual((await find("conf", 1)).length, 1, "how many are found up to 1");
      expectEqual(await find("%"), [], "who is found by a wildcard");
      await caller.refused(method.findPeople, { query: "conf", limit: 51 }, ProblemCode.INVALID);
      await caller.refused(method.findPeople, { query: "x".repeat(61) }, ProblemCode.INVALID);
    },
  },
];

async function expectFailure(answer: Response, status: number, code: ProblemCode): Promise<void> {
  expectEqual(answer.status, status, "the status");
  expectThat(problemIn(await answer.text())?.code === code, `a Problem with ${ProblemCode[code]}`);
}
