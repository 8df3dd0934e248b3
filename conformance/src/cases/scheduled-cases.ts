import { type AccountEvent, limits, RejectionCode, uuidVersion } from "@parley/protocol";
import { command, expectAccepted, expectRejected, leave, withdraw } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { pair } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

/** A time that no case lives to see. */
const later = () => Date.now() + 200 * 24 * 60 * 60 * 1_000;
/** What has passed is due at once. */
const NOW = 1;

/** Messages that the server posts at a time. */
export const scheduledCases: readonly ConformanceCase[] = [
  {
    title: "[SCHEDULE1] [ACCOUNT25] what is scheduled is told to the devices of its author, and to nobody else",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      const second = await session.onlineAt(await session.signIn(ana));
      const wish = schedule(ana.account, log, "later", later(), [ana.account]);
      const seq = expectAccepted((await device.submit([wish]))[0]);
      const { conversation, at, content, envelope } = wish.plan;
      for (const each of [device, second]) {
        const told = await each.expect("accountEvent", ({ id }) => id === wish.id);
        const value = { target: wish.id, conversation, at, content, envelope };
        expectMatch(told, { seq, body: { case: "messageScheduled", value } }, "the account event");
      }
      await other.settle();
      expectEqual(other.all("event").length, 0, "how many events others hear of");
      await cancelAll(device, ana.account, wish.id);
    },
  },
  {
    title: "[SCHEDULE2] [ACCOUNT26] when its time has come the server posts it, once, under an id of its own",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      const wish = schedule(ana.account, log, "now", NOW);
      expectAccepted((await device.submit([wish]))[0]);
      const { event } = await other.expect("event", ({ event: one }) => one?.body.case === "posted");
      const posted = { case: "posted", value: { content: wish.plan.content } };
      expectMatch(event, { log, author: ana.account, body: posted }, "the message");
      expectEqual(uuidVersion(event?.id ?? ""), 8, "the version of its id");
      const ended = await endOf(device, wish.id);
      expectMatch(ended, { id: event?.id, body: { case: "scheduledEnded", value: { posted: true } } }, "what is told");
      await other.settle();
      expectEqual(other.all("event").length, 1, "how often it is posted");
    },
  },
  {
    title: "[SCHEDULE3] it is posted as it was changed last, and not once it is cancelled",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      const [kept, dropped] = [
        schedule(ana.account, log, "before", later()),
        schedule(ana.account, log, "never", later()),
      ];
      for (const answer of await device.submit([kept, dropped])) expectAccepted(answer);
      const cancelled = cancel(ana.account, dropped.id);
      const changed = change(ana.account, kept.id, "after", NOW);
      for (const answer of await device.submit([cancelled, changed])) expectAccepted(answer);
      expectMatch(
        await device.expect("accountEvent", ({ id }) => id === cancelled.id),
        { body: { case: "scheduledEnded", value: { target: dropped.id, posted: false } } },
        "what is told of cancelling",
      );
      const { event } = await other.expect("event", ({ event: one }) => one?.body.case === "posted");
      expectMatch(event, { body: { value: { content: contentOf("after") } } }, "the message");
      await endOf(device, kept.id);
      for (const target of [kept.id, dropped.id]) {
        const late = [change(ana.account, target, "late", NOW), cancel(ana.account, target)];
        for (const answer of await device.submit(late)) expectRejected(answer, RejectionCode.TARGET_NOT_FOUND);
      }
      await other.settle();
      expectEqual(other.all("event").length, 1, "how many messages there are");
    },
  },
  {
    title: "[SCHEDULE4] [ACCOUNT27] whether it may be posted is decided when it is due; what may not is kept",
    async run(session) {
      const { log, ben, other } = await pair(session);
      const wish = schedule(ben.account, log, "too late", later());
      for (const answer of await other.submit([wish, leave(log), change(ben.account, wish.id, "too late", NOW)])) {
        expectAccepted(answer);
      }
      const rejection = RejectionCode.NOT_MEMBER;
      const failed = await other.expect("accountEvent", ({ body }) => body.case === "scheduledFailed");
      expectMatch(failed, { body: { value: { target: wish.id, rejection } } }, "what is told");
      const fresh = await session.connect(await session.signIn(ben));
      const { preferences } = await fresh.hello();
      expectMatch(preferences?.scheduled, [{ id: wish.id, content: contentOf("too late"), rejection }], "what is kept");
      await cancelAll(other, ben.account, wish.id);
    },
  },
  {
    title: "[SCHEDULE5] only members schedule, in their own account log, and what a message may be, within 366 days",
    async run(session) {
      const { log, ana, ben, device, other } = await pair(session);
      const cem = await session.person();
      const stranger = await session.online(cem);
      const own = ana.account;
      const cases: [RawDevice, ReturnType<typeof command>, RejectionCode][] = [
        [stranger, schedule(cem.account, log, "text", later()), RejectionCode.NOT_FOUND],
        [device, schedule(ben.account, log, "text", later()), RejectionCode.NOT_ALLOWED],
        [device, schedule(log, log, "text", later()), RejectionCode.NOT_ALLOWED],
        [device, schedule(own, log, "", later()), RejectionCode.INVALID],
        [device, schedule(own, log, "text", 0), RejectionCode.INVALID],
        [device, schedule(own, log, "text", 1.5), RejectionCode.INVALID],
        [device, schedule(own, log, "text", Date.now() + 400 * 24 * 60 * 60 * 1_000), RejectionCode.INVALID],
        [device, change(own, freshId(), "text", NOW), RejectionCode.TARGET_NOT_FOUND],
        [device, change(own, "no id", "text", NOW), RejectionCode.INVALID],
        [device, cancel(own, freshId()), RejectionCode.TARGET_NOT_FOUND],
        [device, cancel(ben.account, freshId()), RejectionCode.NOT_ALLOWED],
      ];
      const wish = schedule(own, log, "of another", later());
      expectAccepted((await device.submit([wish]))[0]);
      cases.push([other, cancel(ben.account, wish.id), RejectionCode.TARGET_NOT_FOUND]);
      for (const [from, wrong, code] of cases) expectRejected((await from.submit([wrong]))[0], code);
      await cancelAll(device, own, wish.id);
      expectAccepted((await other.submit([leave(log)]))[0]);
      expectRejected((await other.submit([schedule(ben.account, log, "text", later())]))[0], RejectionCode.NOT_MEMBER);
    },
  },
  {
    title: "[SCHEDULE6] the account's log keeps nothing of what it said once it is cancelled, or withdrawn",
    async run(session) {
      const { log, ana, device } = await pair(session);
      const { incarnation, accountHead } = await (await session.connect(await session.signIn(ana))).hello();
      const wishes = [schedule(ana.account, log, "secret", later()), schedule(ana.account, log, "other", later())];
      for (const answer of await device.submit(wishes)) expectAccepted(answer);
      const [one, other] = wishes.map(({ id }) => id);
      const ends = [cancel(ana.account, one ?? ""), withdraw(ana.account, other ?? "")];
      for (const answer of await device.submit(ends)) expectAccepted(answer);
      const back = await session.connect(ana.seat);
      await back.hello({ incarnation, accountHead });
      for (const target of [one, other]) {
        const scheduled = await back.expect(
          "accountEvent",
          ({ body }) => body.case === "messageScheduled" && body.value.target === target,
        );
        expectMatch(scheduled, { body: { value: { content: undefined } } }, "the event of what is gone");
        await endOf(back, target ?? "");
      }
    },
  },
  {
    title: "[LIMIT60] one scheduled message more than 100 is SCHEDULED_FULL, and so is more than 262,144 bytes",
    async run(session) {
      const { log, ana, ben, device, other } = await pair(session);
      for (const each of [ana, ben]) session.spend(each);
      const many = Array.from({ length: limits.scheduledPerAccount }, (_, at) =>
        schedule(ana.account, log, `${at}`, later()),
      );
      for (const part of [many.slice(0, 50), many.slice(50)]) {
        for (const answer of await device.submit(part)) expectAccepted(answer);
      }
      const more = schedule(ana.account, log, "one more", later());
      expectRejected((await device.submit([more]))[0], RejectionCode.SCHEDULED_FULL);
      const long = "€".repeat(limits.textCharacters);
      const fits = Math.floor(limits.scheduledBytesPerAccount / (3 * limits.textCharacters + 200));
      for (let at = 0; at < fits; at++) {
        expectAccepted((await other.submit([schedule(ben.account, log, long, later())]))[0]);
      }
      const large = schedule(ben.account, log, long, later());
      expectRejected((await other.submit([large]))[0], RejectionCode.SCHEDULED_FULL);
    },
  },
  {
    title: "[WELCOME14] who names no account head is told what is scheduled, in the order of the times",
    async run(session) {
      const { log, ana, device } = await pair(session);
      const at = later();
      const wishes = [
        schedule(ana.account, log, "second", at + 1_000, [ana.account]),
        schedule(ana.account, log, "first", at),
      ];
      for (const answer of await device.submit(wishes)) expectAccepted(answer);
      const fresh = await session.connect(await session.signIn(ana));
      const { preferences } = await fresh.hello();
      const expected = wishes.toReversed().map(({ id, plan }) => ({ id, ...plan }));
      expectMatch(preferences?.scheduled, expected, "what is scheduled");
      await cancelAll(device, ana.account, ...wishes.map(({ id }) => id));
    },
  },
];

function contentOf(text: string) {
  return { form: { case: "plain", value: { text } } } as const;
}

function schedule(log: string, conversation: string, text: string, at: number, mentions: readonly string[] = []) {
  const plan = { conversation, at, content: contentOf(text), envelope: { mentions: [...mentions] } };
  return { ...command(log, { case: "scheduleMessage", value: plan }), plan };
}

function change(log: string, target: string, text: string, at: number) {
  return command(log, { case: "changeScheduled", value: { target, at, content: contentOf(text) } });
}

function cancel(log: string, target: string) {
  return command(log, { case: "cancelScheduled", value: { target } });
}

/** Whoever has the person next finds nothing scheduled. */
async function cancelAll(device: RawDevice, account: string, ...targets: readonly string[]): Promise<void> {
  for (const answer of await device.submit(targets.map((target) => cancel(account, target)))) expectAccepted(answer);
}

/** That it waits no more. */
function endOf(device: RawDevice, target: string): Promise<AccountEvent> {
  return device.expect("accountEvent", ({ body }) => body.case === "scheduledEnded" && body.value.target === target);
}
