import { AccountService, HistoryPolicy, limits, ProblemCode, RejectionCode, ReportReason } from "@parley/protocol";
import { addMembers, command, erase, expectAccepted, expectRejected, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { pair } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

/** What people tell the admins of the server. What the admins are given is on no wire. */
export const reportCases: readonly ConformanceCase[] = [
  {
    title: "[REPORT1] [ACCOUNT30] a report is told to the devices of who made it, and to nobody else",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      const second = await session.onlineAt(await session.signIn(ana));
      const bad = await said(other, log, "bad");
      const wish = report(ana.account, log, [bad], { note: "Look.", withContext: true });
      const seq = expectAccepted((await device.submit([wish]))[0]);
      for (const each of [device, second]) {
        const told = await each.expect("accountEvent", ({ id }) => id === wish.id);
        const value = { conversation: log, messages: [bad], reason: ReportReason.SPAM };
        expectMatch(told, { seq, body: { case: "messageReported", value } }, "the account event");
      }
      await other.settle();
      expectEqual(other.all("event").length, 1, "how many events others hear of");
      const heard = other.all("accountEvent").filter(({ body }) => body.case === "messageReported");
      expectEqual(heard.length, 0, "how many reports others hear of");
    },
  },
  {
    title: "[REPORT2] one reports what one sees, of others, in one's own account log, with a reason",
    async run(session) {
      const { log, ana, ben, device, other } = await pair(session, { history: HistoryPolicy.SINCE_JOINED });
      const cem = await session.person();
      const [stranger, late] = [await session.online(cem), await session.person()];
      const own = await said(device, log, "own");
      const [bad, gone] = [await said(other, log, "bad"), await said(other, log, "gone")];
      expectAccepted((await other.submit([erase(log, gone)]))[0]);
      expectAccepted((await device.submit([addMembers(log, [late.account])]))[0]);
      const newcomer = await session.online(late);
      const cases: [RawDevice, ReturnType<typeof command>, RejectionCode][] = [
        [stranger, report(cem.account, log, [bad]), RejectionCode.NOT_FOUND],
        [device, report(ben.account, log, [bad]), RejectionCode.NOT_ALLOWED],
        [device, report(log, log, [bad]), RejectionCode.NOT_ALLOWED],
        [device, report(ana.account, log, [own]), RejectionCode.NOT_ALLOWED],
        [device, report(ana.account, log, [bad, freshId()]), RejectionCode.TARGET_NOT_FOUND],
        [newcomer, report(late.account, log, [bad]), RejectionCode.TARGET_NOT_FOUND],
        [device, report(ana.account, log, [gone]), RejectionCode.TARGET_DELETED],
        [device, report(ana.account, log, [bad, bad]), RejectionCode.INVALID],
        [device, report(ana.account, log, ["no id"]), RejectionCode.INVALID],
        [device, report(ana.account, log, [bad], { reason: ReportReason.UNSPECIFIED }), RejectionCode.INVALID],
        [device, report(ana.account, log, [bad], { reason: 99 as ReportReason }), RejectionCode.INVALID],
      ];
      for (const [from, wrong, code] of cases) expectRejected((await from.submit([wrong]))[0], code);
    },
  },
  {
    title: "[REPORT3] a report comes to be once, however often its command does",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      const wish = report(ana.account, log, [await said(other, log, "bad")], { reason: ReportReason.HARASSMENT });
      const seq = expectAccepted((await device.submit([wish]))[0]);
      expectEqual(expectAccepted((await device.submit([wish]))[0]), seq, "the seq of the same command");
      await device.settle();
      const told = device.all("accountEvent").filter(({ id }) => id === wish.id);
      expectEqual(told.length, 1, "how often it is told");
    },
  },
  {
    title: "[REPORT4] that a message was deleted changes nothing of a report of it",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      const bad = await said(other, log, "bad");
      const wish = report(ana.account, log, [bad], { reason: ReportReason.ILLEGAL });
      const seq = expectAccepted((await device.submit([wish]))[0]);
      expectAccepted((await other.submit([erase(log, bad)]))[0]);
      expectEqual(expectAccepted((await device.submit([wish]))[0]), seq, "the verdict on the same command");
      expectRejected((await device.submit([report(ana.account, log, [bad])]))[0], RejectionCode.TARGET_DELETED);
    },
  },
  {
    title: "[ADMINS1] who is no admin of the server is given no reports, and closes none",
    async run(session) {
      const ana = await session.person();
      const caller = session.as(ana);
      await caller.refused(AccountService.method.listReports, {}, ProblemCode.NOT_FOUND);
      const closing = { reporter: ana.account, id: freshId() };
      await caller.refused(AccountService.method.closeReport, closing, ProblemCode.NOT_FOUND);
      const { readsReports } = await caller.call(AccountService.method.getSession, {});
      expectEqual(readsReports, false, "whether the account is an admin");
    },
  },
  {
    title: "[LIMIT90] [LIMIT91] a report is of 1 to 20 messages, with a note of 1,000 characters",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      const posts = Array.from({ length: limits.reportedAtOnce + 1 }, (_, at) => post(log, `bad ${at}`));
      for (const answer of await other.submit(posts)) expectAccepted(answer);
      const ids = posts.map(({ id }) => id);
      const most = { reason: ReportReason.OTHER, note: "x".repeat(limits.reportNoteCharacters) };
      expectAccepted((await device.submit([report(ana.account, log, ids.slice(1), most)]))[0]);
      const wrong = [
        report(ana.account, log, ids),
        report(ana.account, log, []),
        report(ana.account, log, ids.slice(1), { note: `${most.note}x` }),
      ];
      for (const answer of await device.submit(wrong)) expectRejected(answer, RejectionCode.INVALID);
    },
  },
];

async function said(device: RawDevice, log: string, text: string): Promise<string> {
  const message = post(log, text);
  expectAccepted((await device.submit([message]))[0]);
  return message.id;
}

interface Details {
  readonly reason?: ReportReason;
  readonly note?: string;
  readonly withContext?: boolean;
}

function report(log: string, conversation: string, messages: readonly string[], details: Details = {}) {
  const value = { conversation, messages: [...messages], reason: ReportReason.SPAM, ...details };
  return command(log, { case: "reportMessage", value });
}
