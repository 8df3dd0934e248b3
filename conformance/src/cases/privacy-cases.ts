import { AccountService, type Registers, type Signals } from "@parley/protocol";
import { expectAccepted, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import type { Person } from "../kit/person.ts";
import type { RawDevice } from "../kit/raw-device.ts";
import type { Session } from "../kit/session.ts";

/** What accounts keep to themselves. */
export const privacyCases: readonly ConformanceCase[] = [
  {
    title:
      "[PRIVACY1] [REGISTERS5] privacy is told to all devices of its account, at once and in Welcome, and to nobody else",
    async run(session) {
      const { author, reader, ben } = await talk(session);
      const before = reader.all("welcome")[0]?.privacy;
      expectThat(before !== undefined && !before.hidesReads, "privacy in Welcome", before);
      const changed = await hide(session, ben, true);
      expectMatch(changed, { rev: before.rev + 1, hidesReads: true }, "the answer");
      const { privacy } = await reader.expect("registers", (registers) => registers.privacy !== undefined);
      expectEqual(privacy, changed, "what the device hears");
      expectEqual(await hide(session, ben, true), changed, "the answer to what changes nothing");
      const unchanged = await session.as(ben).call(AccountService.method.setPrivacy, {});
      expectEqual(unchanged, changed, "the answer to no change");
      const other = await session.connect(await session.signIn(ben));
      expectEqual((await other.hello()).privacy, changed, "Welcome of another device");
      await author.settle();
      const heard = author.all("registers").filter((registers) => registers.privacy !== undefined);
      expectEqual(heard, [], "what somebody else hears");
      expectMatch(await hide(session, ben, false), { rev: before.rev + 2, hidesReads: false }, "the last answer");
    },
  },
  {
    title:
      "[PRIVACY2] what is read while it is hidden reaches nobody else by any way; delivered marks do, and one's own devices hear all",
    async run(session) {
      const { log, author, reader, ana, ben, messages } = await talk(session);
      await mark(reader, log, { delivered: 2, read: 2 });
      await author.expect("registers", tellsRead(log, 2));
      await hide(session, ben, true);
      const other = await session.onlineAt(await session.signIn(ben));
      await mark(reader, log, { delivered: 3 });
      await mark(reader, log, { read: 4 });
      await other.expect("registers", ({ readStates }) =>
        readStates.some((state) => state.conversation === log && state.read === 4 && state.unread === 0),
      );
      await author.expect("registers", tellsDelivered(log, 4));
      const told = { conversation: log, account: ben.account, delivered: 4, read: 2 };
      expectMatch(await marksInReset(author, log), [told], "the marks in Reset");
      const [second, last] = [await receiptOf(author, log, messages[0]), await receiptOf(author, log, messages[2])];
      expectMatch(second, { read: true }, "the receipt of what was read before");
      expectThat((second?.readAt ?? 0) > 0, "the time of that", second);
      expectMatch(last, { delivered: true, read: false, readAt: 0 }, "the receipt of what was read since");
      const back = await session.onlineAt(await session.signIn(ana));
      await back.expect("registers", tellsDelivered(log, 4));
      for (const device of [author, back]) {
        const reads = readsOf(device, log);
        expectThat(
          reads.every((read) => read <= 2),
          "no read mark beyond what was told before",
          reads,
        );
      }
      await hide(session, ben, false);
    },
  },
  {
    title:
      "[PRIVACY3] [PRIVACY4] who hides what was read is not told what others have read, until it is hidden no more",
    async run(session) {
      const { log, author, reader, ana, ben, messages } = await talk(session);
      await hide(session, ana, true);
      await mark(reader, log, { read: 3 });
      await author.expect("registers", tellsDelivered(log, 3));
      const blind = { conversation: log, account: ben.account, delivered: 3, read: 0 };
      expectMatch(await marksInReset(author, log), [blind], "the marks in Reset");
      const receipt = await receiptOf(author, log, messages[0]);
      expectMatch(receipt, { delivered: true, read: false, readAt: 0 }, "the receipt");
      const back = await session.onlineAt(await session.signIn(ana));
      await back.expect("registers", tellsDelivered(log, 3));
      for (const device of [author, back]) {
        const reads = readsOf(device, log);
        expectThat(
          reads.every((read) => read === 0),
          "no read mark",
          reads,
        );
      }
      await hide(session, ana, false);
      await author.expect("registers", tellsRead(log, 3));
      expectMatch(await marksInReset(author, log), [{ ...blind, read: 3 }], "the marks in Reset afterwards");
    },
  },
  {
    title: "[PRIVACY4] what was read while it was hidden is told when the read mark moves the next time",
    async run(session) {
      const { log, author, reader, ben } = await talk(session);
      await hide(session, ben, true);
      await mark(reader, log, { read: 3 });
      await hide(session, ben, false);
      const told = { conversation: log, account: ben.account, delivered: 3, read: 0 };
      expectMatch(await marksInReset(author, log), [told], "the marks before it moves");
      await mark(reader, log, { read: 4 });
      expectMatch(
        await marksInReset(author, log),
        [{ ...told, delivered: 4, read: 4 }],
        "the marks after it has moved",
      );
    },
  },
  {
    title: "[SIGNALS2] who goes is told of with the time, and so is the other of two who is away",
    async run(session) {
      const { author, reader, ana, ben } = await talk(session, strangers(session));
      await author.expect("signals", told(ben, true));
      const before = Date.now() - 60_000;
      reader.close();
      const { presence } = await author.expect("signals", told(ben, false));
      const lastSeen = presence.find(({ account }) => account === ben.account)?.lastSeen ?? 0;
      expectThat(lastSeen > before, "the time at which they went", presence);
      const back = await session.onlineAt(await session.signIn(ana));
      const again = await back.expect("signals", told(ben, false));
      expectMatch(
        again.presence,
        [{ account: ben.account, online: false, lastSeen }],
        "what a device hears that comes",
      );
    },
  },
  {
    title:
      "[PRIVACY5] who hides that they are online is told of to nobody, is told of nobody, and both once they hide it no more",
    async run(session) {
      const { author, reader, ana, ben } = await talk(session, strangers(session));
      await author.expect("signals", told(ben, true));
      await reader.expect("signals", told(ana, true));
      await hidePresence(session, ben, true);
      expectMatch(gone(await author.expect("signals", told(ben, false)), ben), { lastSeen: 0 }, "what the other hears");
      expectMatch(gone(await reader.expect("signals", told(ana, false)), ana), { lastSeen: 0 }, "what one hears");
      const second = await session.onlineAt(await session.signIn(ben));
      const watcher = await session.onlineAt(await session.signIn(ana));
      await Bun.sleep(1_500);
      for (const device of [second, watcher]) await device.settle();
      for (const [device, other] of [
        [second, ana],
        [watcher, ben],
      ] as const) {
        const heard = device.all("signals").flatMap(({ presence }) => presence.map(({ account }) => account));
        expectEqual(heard.includes(other.account), false, "whether a device that came hears of the other");
      }
      reader.close();
      second.close();
      await Bun.sleep(3_000);
      await author.settle();
      const seen = author
        .all("signals")
        .flatMap(({ presence }) => presence.filter((one) => one.account === ben.account));
      expectMatch(seen.at(-1), { online: false, lastSeen: 0 }, "what was heard last of who hides it");
      await session.onlineAt(await session.signIn(ben));
      await hidePresence(session, ben, false);
      await author.expect("signals", told(ben, true));
    },
  },
];

function tellsRead(log: string, ordinal: number) {
  return ({ memberMarks }: Registers) => memberMarks.some((one) => one.conversation === log && one.read === ordinal);
}

function tellsDelivered(log: string, ordinal: number) {
  return ({ memberMarks }: Registers) =>
    memberMarks.some((one) => one.conversation === log && one.delivered === ordinal);
}

/** The read marks of others that a device was told in a conversation. */
function readsOf(device: RawDevice, log: string): number[] {
  const marks = device.all("registers").flatMap(({ memberMarks }) => memberMarks);
  return marks.filter((one) => one.conversation === log).map(({ read }) => read);
}

function told({ account }: Person, online: boolean) {
  return ({ presence }: Signals) => presence.some((one) => one.account === account && one.online === online);
}

function gone({ presence }: Signals, { account }: Person) {
  return presence.find((one) => one.account === account);
}

function hidePresence(session: Session, person: Person, hidesPresence: boolean) {
  return session.as(person).call(AccountService.method.setPrivacy, { hidesPresence });
}

/** Two who share no other conversation: of those one may be told that the other is away. */
function strangers(session: Session): Promise<[Person, Person]> {
  return Promise.all([session.newcomer(), session.newcomer()]);
}

interface Talk {
  readonly log: string;
  readonly ana: Person;
  readonly ben: Person;
  readonly author: RawDevice;
  readonly reader: RawDevice;
  /** Of Ana, at ordinals 2 to 4. */
  readonly messages: readonly string[];
}

async function talk(session: Session, people = session.two()): Promise<Talk> {
  const [ana, ben] = await people;
  const [author, reader] = [await session.online(ana), await session.online(ben)];
  const log = await session.group(author, [ben]);
  await Promise.all([author, reader].map((device) => device.expect("reset", ({ state }) => state?.id === log)));
  const posts = ["one", "two", "three"].map((text) => post(log, text));
  for (const answer of await author.submit(posts)) expectAccepted(answer);
  await reader.expect("event", ({ event }) => event?.log === log && event.seq === 4);
  return { log, ana, ben, author, reader, messages: posts.map(({ id }) => id) };
}

function hide(session: Session, person: Person, hidesReads: boolean) {
  return session.as(person).call(AccountService.method.setPrivacy, { hidesReads });
}

/** Sets a mark and waits for its answer. */
async function mark(device: RawDevice, conversation: string, marks: { delivered?: number; read?: number }) {
  device.send({ case: "marks", value: { updates: [{ conversation, ...marks }] } });
  await device.expect("registers", ({ readStates }) =>
    readStates.some(
      (state) =>
        state.conversation === conversation &&
        state.delivered >= (marks.delivered ?? 0) &&
        state.read >= (marks.read ?? 0),
    ),
  );
}

async function marksInReset(device: RawDevice, conversation: string) {
  const answer = await device.ask({ case: "changes", value: { conversation } });
  expectThat(answer.case === "reset", "a Reset", answer);
  return answer.value.marks;
}

async function receiptOf(device: RawDevice, conversation: string, message = "") {
  const answer = await device.ask({ case: "receipts", value: { conversation, message } });
  expectThat(answer.case === "receipts", "receipts", answer);
  return answer.value.receipts[0];
}
