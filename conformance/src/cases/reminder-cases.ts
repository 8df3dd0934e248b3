import {
  type AccountEvent,
  limits,
  RejectionCode,
  ReminderEnd,
  threadConversationId,
  uuidVersion,
} from "@parley/protocol";
import { command, ensureThread, erase, expectAccepted, expectRejected, leave, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { pair } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

/** A time that no case lives to see. */
const later = () => Date.now() + 200 * 24 * 60 * 60 * 1_000;
/** What has passed is due at once. */
const NOW = 1;

/** Messages that an account is reminded of at a time. */
export const reminderCases: readonly ConformanceCase[] = [
  {
    title:
      "[REMIND1] [ACCOUNT31] what one is to be reminded of is told to all devices of the account, and to nobody else",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      session.spend(ana);
      const message = post(log, "later");
      expectAccepted((await other.submit([message]))[0]);
      const second = await session.onlineAt(await session.signIn(ana));
      for (const at of [later(), later() + 1_000]) {
        const wish = remind(ana.account, log, message.id, at);
        const seq = expectAccepted((await device.submit([wish]))[0]);
        const value = { conversation: log, message: message.id, at, ordinal: 2, parent: "", root: "" };
        for (const each of [device, second]) {
          const told = await each.expect("accountEvent", ({ id }) => id === wish.id);
          expectMatch(told, { seq, body: { case: "reminderSet", value } }, "the account event");
        }
        const again = remind(ana.account, log, message.id, at);
        expectAccepted((await device.submit([again]))[0]);
        const { body } = await device.expect("accountEvent", ({ id }) => id === again.id);
        expectEqual(body.case, "noEffect", "what it does to say it again");
      }
      await other.settle();
      expectEqual(other.all("accountEvent").filter(isAboutReminders), [], "what others hear");
    },
  },
  {
    title: "[REMIND2] [ACCOUNT33] when its time has come the server says so, once, under an id of its own",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      session.spend(ana);
      const message = post(log, "now");
      expectAccepted((await other.submit([message]))[0]);
      expectAccepted((await device.submit([remind(ana.account, log, message.id, NOW)]))[0]);
      const due = await device.expect("accountEvent", ({ body }) => body.case === "reminderDue");
      expectMatch(due, { body: { value: { conversation: log, message: message.id } } }, "what is told");
      expectEqual(uuidVersion(due.id), 8, "the version of its id");
      const again = remind(ana.account, log, message.id, later());
      expectAccepted((await device.submit([again]))[0]);
      const { body } = await device.expect("accountEvent", ({ id }) => id === again.id);
      expectEqual(body.case, "reminderSet", "what it does to set it anew");
      await device.settle();
      const said = device.all("accountEvent").filter((event) => event.body.case === "reminderDue");
      expectEqual(said.length, 1, "how often it is due");
    },
  },
  {
    title: "[REMIND3] [ACCOUNT32] what is done is told, and to say so again changes nothing",
    async run(session) {
      const { log, ana, device } = await pair(session);
      session.spend(ana);
      const message = post(log, "mine");
      expectAccepted((await device.submit([message, remind(ana.account, log, message.id, later())]))[1]);
      const [done, again] = [clear(ana.account, log, message.id), clear(ana.account, log, message.id)];
      for (const answer of await device.submit([done, again])) expectAccepted(answer);
      const value = { reminders: [{ conversation: log, message: message.id }], why: ReminderEnd.CLEARED };
      const told = await device.expect("accountEvent", ({ id }) => id === done.id);
      expectMatch(told, { body: { case: "reminderEnded", value } }, "what is told");
      const { body } = await device.expect("accountEvent", ({ id }) => id === again.id);
      expectEqual(body.case, "noEffect", "what it does to say it again");
    },
  },
  {
    title: "[REMIND4] it ends with its message, and where its account is a member no more, in threads too",
    async run(session) {
      const { log, ana, ben, device, other } = await pair(session);
      for (const each of [ana, ben]) session.spend(each);
      const [gone, root] = [post(log, "gone"), post(log, "root")];
      const thread = threadConversationId(log, root.id);
      const reply = post(thread, "reply");
      for (const answer of await device.submit([gone, root, ensureThread(log, root.id), reply])) expectAccepted(answer);
      const wishes = [
        remind(ben.account, log, gone.id, later()),
        remind(ben.account, log, root.id, later()),
        remind(ben.account, thread, reply.id, later() + 1),
      ];
      for (const answer of await other.submit(wishes)) expectAccepted(answer);
      const inThread = await other.expect("accountEvent", ({ id }) => id === wishes[2]?.id);
      expectMatch(inThread, { body: { value: { parent: log, root: root.id } } }, "what is told of the thread");
      expectAccepted((await device.submit([erase(log, gone.id)]))[0]);
      const erased = await ended(other);
      const deleted = { reminders: [{ conversation: log, message: gone.id }], why: ReminderEnd.DELETED };
      expectMatch(erased, { body: { value: deleted } }, "what is told of what was deleted");
      expectAccepted((await other.submit([leave(log)]))[0]);
      const parted = await other.expect(
        "accountEvent",
        ({ body }) => body.case === "reminderEnded" && body.value.why === ReminderEnd.OUT_OF_SIGHT,
      );
      const reminders = [
        { conversation: log, message: root.id },
        { conversation: thread, message: reply.id },
      ];
      expectMatch(parted, { body: { value: { reminders } } }, "what is told of parting");
    },
  },
  {
    title: "[REMIND5] only members are reminded, of what they see, by their own account log, within 366 days",
    async run(session) {
      const { log, ana, ben, device, other } = await pair(session);
      session.spend(ben);
      const cem = await session.person();
      const stranger = await session.online(cem);
      const [message, erased] = [post(log, "text"), post(log, "erased")];
      for (const answer of await device.submit([message, erased, erase(log, erased.id)])) expectAccepted(answer);
      const own = ana.account;
      const cases: [RawDevice, ReturnType<typeof command>, RejectionCode][] = [
        [stranger, remind(cem.account, log, message.id, later()), RejectionCode.NOT_FOUND],
        [device, remind(ben.account, log, message.id, later()), RejectionCode.NOT_ALLOWED],
        [device, remind(log, log, message.id, later()), RejectionCode.NOT_ALLOWED],
        [device, remind(own, log, freshId(), later()), RejectionCode.TARGET_NOT_FOUND],
        [device, remind(own, log, erased.id, later()), RejectionCode.TARGET_DELETED],
        [device, remind(own, log, "no id", later()), RejectionCode.INVALID],
        [device, remind(own, log, message.id, 0), RejectionCode.INVALID],
        [device, remind(own, log, message.id, 1.5), RejectionCode.INVALID],
        [device, remind(own, log, message.id, Date.now() + 400 * 24 * 60 * 60 * 1_000), RejectionCode.INVALID],
        [device, clear(ben.account, log, message.id), RejectionCode.NOT_ALLOWED],
        [device, clear(own, log, "no id"), RejectionCode.INVALID],
      ];
      for (const [from, wrong, code] of cases) expectRejected((await from.submit([wrong]))[0], code);
      expectAccepted((await other.submit([leave(log)]))[0]);
      const late = remind(ben.account, log, message.id, later());
      expectRejected((await other.submit([late]))[0], RejectionCode.NOT_MEMBER);
    },
  },
  {
    title:
      "[REMIND6] [WELCOME70] who names no account head is told of the reminders, by ids, in the order of their times",
    async run(session) {
      const { log, ana, device, other } = await pair(session);
      session.spend(ana);
      const messages = ["first secret", "second secret", "third secret"].map((words) => post(log, words));
      for (const answer of await other.submit(messages)) expectAccepted(answer);
      const [first, second, third] = messages.map(({ id }) => id);
      const at = later();
      const wishes = [
        remind(ana.account, log, first ?? "", at + 1_000),
        remind(ana.account, log, second ?? "", at),
        remind(ana.account, log, third ?? "", NOW),
      ];
      for (const answer of await device.submit(wishes)) expectAccepted(answer);
      await device.expect("accountEvent", ({ body }) => body.case === "reminderDue");
      const fresh = await session.connect(await session.signIn(ana));
      const { preferences } = await fresh.hello();
      const expected = [
        { conversation: log, message: third, at: NOW, ordinal: 4, due: true },
        { conversation: log, message: second, at, ordinal: 3, due: false },
        { conversation: log, message: first, at: at + 1_000, ordinal: 2, due: false },
      ];
      expectMatch(preferences?.reminders, expected, "the reminders");
      expectEqual(JSON.stringify(preferences).includes("secret"), false, "whether they say what the messages say");
    },
  },
  {
    title: "[LIMIT70] one reminder more than 200 is REMINDERS_FULL, those counted that are due",
    async run(session) {
      const { log, ana, device } = await pair(session);
      session.spend(ana);
      const messages = Array.from({ length: limits.remindersPerAccount + 1 }, (_, at) => post(log, `${at}`));
      for (const part of inParts(messages)) for (const answer of await device.submit(part)) expectAccepted(answer);
      const wishes = messages.map(({ id }, at) => remind(ana.account, log, id, at === 0 ? NOW : later()));
      const more = wishes.pop();
      for (const part of inParts(wishes)) for (const answer of await device.submit(part)) expectAccepted(answer);
      if (more !== undefined) expectRejected((await device.submit([more]))[0], RejectionCode.REMINDERS_FULL);
      const known = remind(ana.account, log, messages[1]?.id ?? "", later());
      expectAccepted((await device.submit([known]))[0]);
    },
  },
];

function remind(log: string, conversation: string, message: string, at: number) {
  return command(log, { case: "setReminder", value: { conversation, message, at } });
}

function clear(log: string, conversation: string, message: string) {
  return command(log, { case: "clearReminder", value: { conversation, message } });
}

function ended(device: RawDevice): Promise<AccountEvent> {
  return device.expect("accountEvent", ({ body }) => body.case === "reminderEnded");
}

function isAboutReminders({ body }: AccountEvent): boolean {
  return body.case === "reminderSet" || body.case === "reminderDue" || body.case === "reminderEnded";
}

/** As many as a frame takes. */
function inParts<T>(all: readonly T[]): T[][] {
  const size = 50;
  return Array.from({ length: Math.ceil(all.length / size) }, (_, part) => all.slice(part * size, (part + 1) * size));
}
