import { AccountService, ProblemCode } from "@parley/protocol";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat, shown } from "../kit/expectation.ts";
import { freshUserName } from "../kit/ids.ts";

const { method } = AccountService;

/** Accounts, sessions, devices and people, over HTTP. */
export const accountServiceCases: readonly ConformanceCase[] = [
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
      const [ana, ben] = await session.two();
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
