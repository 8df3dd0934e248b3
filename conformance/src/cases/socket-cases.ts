import { AccountService, ProblemCode } from "@parley/protocol";
import { expectAccepted, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { cookiesOf, upgradeAnswer } from "../kit/upgrade.ts";

/** How a link begins, lives and ends. */
export const socketCases: readonly ConformanceCase[] = [
  {
    title:
      "[SOCK1] [CLOSE1] without a session, or with one that was made up, the socket opens and is closed with UNAUTHENTICATED",
    async run(session) {
      const headers = [
        {},
        { authorization: "Bearer made.up" },
        { cookie: "parley.session_token=made.up", origin: session.url },
      ];
      for (const each of headers) {
        const device = await session.connectWith(freshId(), each);
        await device.expectProblem(ProblemCode.UNAUTHENTICATED);
      }
    },
  },
  {
    title: "[SOCK1] [HTTP2] a browser's session is the HttpOnly cookie; its scripts are given no token",
    async run(session) {
      const { userName, password } = await session.person();
      const browser = session.http.with({ origin: session.url });
      const outcome = await browser.outcome(AccountService.method.signIn, { userName, password });
      expectMatch(outcome, { ok: true, value: { token: "" } }, "the answer to a browser");
      const set = outcome.headers.getSetCookie();
      expectThat(set.length > 0 && set.every((each) => /httponly/i.test(each)), "HttpOnly cookies", set);
      const cookie = cookiesOf(set);
      await browser.with({ cookie }).call(AccountService.method.getSession, {});
      await (await session.connectWith(freshId(), { origin: session.url, cookie })).hello();
      const elsewhere = session.http.with({ cookie });
      await elsewhere.refused(AccountService.method.getSession, {}, ProblemCode.UNAUTHENTICATED);
    },
  },
  {
    title: "[SOCK2] a page of another site is refused with 403",
    async run(session) {
      const { seat } = await session.person();
      const headers = { authorization: `Bearer ${seat.token}` };
      const protocol = `parley.v1.${session.encoding}`;
      for (const origin of ["https://elsewhere.example", "null", `${session.url}0`]) {
        const answer = await upgradeAnswer(session.url, { ...headers, origin, "sec-websocket-protocol": protocol });
        expectEqual(answer.status, 403, `the answer to the origin ${origin}`);
        const call = await session.http.with({ ...headers, origin }).send("parley.v1.AccountService/GetSession", "{}");
        expectEqual(call.status, 403, `the answer to a call from ${origin}`);
      }
      const own = await upgradeAnswer(session.url, {
        ...headers,
        origin: session.url,
        "sec-websocket-protocol": protocol,
      });
      expectEqual(own.status, 101, "the answer to the server's own origin");
    },
  },
  {
    title: "[SOCK3] the first subprotocol offered that the server speaks is chosen; without any there is no socket",
    only: "proto",
    async run(session) {
      for (const [offered, chosen] of [
        ["parley.v1.proto", "parley.v1.proto"],
        ["parley.v1.json, parley.v1.proto", "parley.v1.json"],
        ["parley.v1.proto, parley.v1.json", "parley.v1.proto"],
        ["chat.v9, parley.v1.json", "parley.v1.json"],
      ] as const) {
        const answer = await upgradeAnswer(session.url, { "sec-websocket-protocol": offered });
        expectEqual(
          [answer.status, answer.headers["sec-websocket-protocol"]],
          [101, chosen],
          `the answer to ${offered}`,
        );
      }
      for (const offered of ["chat.v9", ""]) {
        const answer = await upgradeAnswer(session.url, { "sec-websocket-protocol": offered });
        expectEqual(answer.status, 400, `the answer to "${offered}"`);
      }
    },
  },
  {
    title: "[SOCK6] a command whose answer was lost with the socket is sent again and has one verdict",
    async run(session) {
      const person = await session.person();
      const log = await session.group(await session.online(person), []);
      const messages = ["one", "two", "three"].map((text) => post(log, text));
      const cut = await session.online(person);
      cut.submit(messages).catch(() => undefined);
      cut.close();
      const back = await session.online(person);
      const first = await back.submit(messages);
      const second = await back.submit(messages);
      expectEqual(second, first, "the verdicts of the second time");
      expectEqual(first.map(expectAccepted).sort(), [2, 3, 4], "the seqs");
      const page = await back.ask({
        case: "page",
        value: { conversation: log, cursor: { case: "newest", value: {} }, limit: 10 },
      });
      expectMatch(page, { case: "page", value: { asOf: 4, entryHead: 4 } }, "the conversation");
    },
  },
  {
    title:
      "[SOCK7] [EVENT1] events of a conversation arrive in the order of seq, each once, on every device of every member",
    async run(session) {
      const [ana, ben] = await session.two();
      const devices = [
        await session.online(ana),
        await session.online(ben),
        await session.onlineAt(await session.signIn(ben)),
      ];
      const [first] = devices;
      expectThat(first !== undefined, "a device");
      const log = await session.group(first, [ben]);
      await Promise.all(devices.map((device) => device.expect("reset", ({ state }) => state?.id === log)));
      const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`);
      await Promise.all(devices.map((device) => device.submit(texts.map((text) => post(log, text)))));
      const last = 1 + devices.length * texts.length;
      for (const device of devices) {
        await device.expect("event", ({ event }) => event?.log === log && event.seq === last);
        const seqs = device.all("event").flatMap(({ event }) => (event?.log === log ? [event.seq] : []));
        expectEqual(
          seqs.filter((seq) => seq > 1),
          Array.from({ length: last - 1 }, (_, index) => index + 2),
          "the seqs",
        );
      }
    },
  },
  {
    title: "[PING1] Ping is answered with its nonce, before and after Hello",
    async run(session) {
      const device = await session.connect((await session.person()).seat);
      for (const nonce of [0, 1, 0xffff_ffff]) {
        device.send({ case: "ping", value: { nonce } });
        await device.expect("pong", (pong) => pong.nonce === nonce);
      }
      await device.hello();
      await device.settle();
    },
  },
  {
    title: "[PING2] after two heartbeats without any frame the server closes with SILENT",
    async run(session) {
      const device = await session.connect((await session.person()).seat);
      const { heartbeatMs } = await device.hello();
      const begun = Date.now();
      await device.expectProblem(ProblemCode.SILENT, 3 * heartbeatMs + 5_000);
      expectThat(Date.now() - begun >= 2 * heartbeatMs - 1_000, "two heartbeats of patience", Date.now() - begun);
    },
  },
  {
    title: "[LIMIT21] a socket that does not say Hello within 10 s is closed with SILENT; Pings do not put that off",
    async run(session) {
      const device = await session.connect((await session.person()).seat);
      const pings = setInterval(() => device.send({ case: "ping", value: {} }), 1_000);
      try {
        await device.expectProblem(ProblemCode.SILENT, 30_000);
      } finally {
        clearInterval(pings);
      }
    },
  },
  {
    title: "[GOODBYE1] signing out ends the socket with UNAUTHENTICATED",
    async run(session) {
      const seat = await session.signIn(await session.person());
      const device = await session.onlineAt(seat);
      await session.http.as(seat.token).call(AccountService.method.signOut, {});
      await device.expectGoodbye(ProblemCode.UNAUTHENTICATED);
    },
  },
];
