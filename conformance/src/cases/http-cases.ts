import { AccountService, ConversationService, limits, ProblemCode } from "@parley/protocol";
import { problemIn } from "../kit/caller.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";

const { method } = AccountService;
const OPEN_TO_ALL = ["SignUp", "SignIn"];

/** Calls over HTTP: their form. */
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
];

async function expectFailure(answer: Response, status: number, code: ProblemCode): Promise<void> {
  expectEqual(answer.status, status, "the status");
  expectThat(problemIn(await answer.text())?.code === code, `a Problem with ${ProblemCode[code]}`);
}
