import { AccountService, type MemberMark, ProblemCode, type Profile } from "@parley/protocol";
import { expectAccepted, leave, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import type { Person } from "../kit/person.ts";
import type { RawDevice } from "../kit/raw-device.ts";
import type { Session } from "../kit/session.ts";

/** Marks, profiles, typing and presence. */
export const registerCases: readonly ConformanceCase[] = [
  {
    title: "[MARKS1] marks that are none, or of no conversation's id, end the link with MALFORMED",
    async run(session) {
      const { seat } = await session.person();
      for (const updates of [[], [{ conversation: "here", read: 1 }]]) {
        const device = await session.onlineAt(seat);
        device.send({ case: "marks", value: { updates } });
        await device.expectProblem(ProblemCode.MALFORMED);
      }
    },
  },
  {
    title:
      "[MARK1] [MARK2] marks merge by maximum, are clamped to what one may see, and are answered on all one's devices; read implies delivered",
    async run(session) {
      const { log, reader, ben } = await talk(session);
      const second = await session.onlineAt(await session.signIn(ben));
      for (const [update, delivered, read] of [
        [{ delivered: 2 }, 2, 0],
        [{ read: 3 }, 3, 3],
        [{ delivered: 1, read: 1 }, 3, 3],
        [{ delivered: 4_000_000_000, read: 4_000_000_000 }, 4, 4],
      ] as const) {
        reader.send({ case: "marks", value: { updates: [{ conversation: log, ...update }] } });
        const expected = { conversation: log, delivered, read, unread: 4 - Math.max(read, 1), asOf: 4 };
        expectMatch(await stateOf(reader, log), expected, "the answer");
        // Who did not ask hears only of what changed.
        if (update.delivered !== 1) expectMatch(await stateOf(second, log), expected, "what the other device hears");
      }
    },
  },
  {
    title: "[REGISTERS2] other members are told each member's marks in small conversations, and again with a Reset",
    async run(session) {
      const { log, author, reader, ana, ben } = await talk(session);
      reader.send({ case: "marks", value: { updates: [{ conversation: log, delivered: 4, read: 2 }] } });
      const mark = { conversation: log, account: ben.account, delivered: 4, read: 2 };
      await author.expect("registers", ({ memberMarks }) => memberMarks.some((told) => agree(told, mark)));
      const back = await session.connect(ana.seat);
      await back.hello();
      const { marks } = await back.expect("reset", ({ state }) => state?.id === log);
      expectMatch(marks, [mark], "the marks in Reset");
    },
  },
  {
    title: "[MARK3] a mark in a conversation that one may not see does nothing, and the link stays",
    async run(session) {
      const { log, author } = await talk(session);
      const stranger = await session.online(await session.person());
      stranger.send({
        case: "marks",
        value: {
          updates: [
            { conversation: log, read: 3 },
            { conversation: freshId(), read: 3 },
          ],
        },
      });
      await stranger.settle();
      await Bun.sleep(1_500);
      await author.settle();
      expectEqual(
        author
          .all("registers")
          .flatMap(({ memberMarks }) => memberMarks.filter((mark) => mark.conversation === log && mark.read > 0)),
        [],
        "marks",
      );
      expectEqual(
        stranger.all("registers").flatMap(({ readStates }) => readStates),
        [],
        "answers",
      );
    },
  },
  {
    title: "[REGISTERS1] registers come in at most one frame a second, with the greatest value",
    async run(session) {
      const { log, author, reader } = await talk(session);
      for (let read = 1; read <= 4; read++) {
        reader.send({ case: "marks", value: { updates: [{ conversation: log, read }] } });
        await Bun.sleep(250);
      }
      await author.expect("registers", ({ memberMarks }) =>
        memberMarks.some((mark) => mark.conversation === log && mark.read === 4),
      );
      await Bun.sleep(1_000);
      const told = author
        .all("registers")
        .filter(({ memberMarks }) => memberMarks.some((mark) => mark.conversation === log));
      expectThat(told.length <= 3, "at most one frame a second", told.length);
      const reads = told.flatMap(({ memberMarks }) =>
        memberMarks.filter((mark) => mark.conversation === log).map(({ read }) => read),
      );
      expectEqual(
        reads,
        reads.toSorted((one, other) => one - other),
        "the order of the marks",
      );
    },
  },
  {
    title:
      "[REGISTERS4] [NAME1] [ROWS2] a new display name reaches who shares a conversation and all one's devices, with a greater rev",
    async run(session) {
      const { log, author, reader, ben } = await talk(session);
      const displayName = "Benjamin the Renamed";
      const profile = await session.as(ben).call(AccountService.method.setDisplayName, { displayName });
      expectMatch(profile, { account: ben.account, userName: ben.userName, displayName }, "the answer");
      for (const device of [author, reader]) {
        const told = ({ account, rev }: Profile) => account === ben.account && rev === profile.rev;
        const { profiles } = await device.expect("registers", (registers) => registers.profiles.some(told));
        expectEqual(profiles.find(told), profile, "the profile that devices hear");
      }
      const answer = await author.ask({ case: "changes", value: { conversation: log } });
      const known =
        answer.case === "reset" ? answer.value.profiles.find(({ account }) => account === ben.account) : undefined;
      expectEqual(known, profile, "the profile in Reset");
      const again = await session.as(ben).call(AccountService.method.setDisplayName, { displayName: ben.displayName });
      expectEqual(again.rev, profile.rev + 1, "the rev of the next name");
    },
  },
  {
    title: "[TYPING1] typing reaches the other members, not oneself, and nobody in a conversation that one is not in",
    async run(session) {
      const { log, author, reader, ana, ben } = await talk(session);
      const stranger = await session.online(await session.person());
      stranger.send({ case: "typing", value: { conversation: log, active: true } });
      await stranger.settle();
      for (const active of [true, false]) {
        author.send({ case: "typing", value: { conversation: log, active } });
        const { typing } = await reader.expect("signals", (signals) => signals.typing.length > 0);
        expectMatch(typing, [{ conversation: log, account: ana.account, active }], "the signal");
      }
      await author.settle();
      expectEqual(
        author.all("signals").flatMap((signals) => signals.typing),
        [],
        "what the one who types hears",
      );
      expectAccepted((await reader.submit([leave(log)]))[0]);
      reader.send({ case: "typing", value: { conversation: log, active: true } });
      await reader.settle();
      await author.settle();
      const heard = author.all("signals").flatMap((signals) => signals.typing.map(({ account }) => account));
      expectEqual(heard.includes(ben.account), false, "whether who left is heard");
    },
  },
  {
    title: "[TYPING1] a typing update without a conversation's id ends the link with MALFORMED",
    async run(session) {
      const device = await session.online(await session.person());
      device.send({ case: "typing", value: { conversation: "here", active: true } });
      await device.expectProblem(ProblemCode.MALFORMED);
    },
  },
  {
    title: "[SIGNALS1] who shares a conversation is told that somebody came and went",
    async run(session) {
      const { author, reader, ana, ben } = await talk(session, Promise.all([session.newcomer(), session.newcomer()]));
      const online =
        (account: string, is: boolean) => (signals: { presence: { account: string; online: boolean }[] }) =>
          signals.presence.some((presence) => presence.account === account && presence.online === is);
      await Promise.all([
        author.expect("signals", online(ben.account, true)),
        reader.expect("signals", online(ana.account, true)),
      ]);
      reader.close();
      await author.expect("signals", online(ben.account, false));
      const back = await session.online(ben);
      await author.expect("signals", online(ben.account, true));
      await back.expect("signals", online(ana.account, true));
    },
  },
];

interface Talk {
  readonly log: string;
  readonly ana: Person;
  readonly ben: Person;
  readonly author: RawDevice;
  readonly reader: RawDevice;
}

/** Two people online in a group with three messages by the first, at seqs and ordinals 2 to 4. */
async function talk(session: Session, people = session.two()): Promise<Talk> {
  const [ana, ben] = await people;
  const [author, reader] = [await session.online(ana), await session.online(ben)];
  const log = await session.group(author, [ben]);
  await Promise.all([author, reader].map((device) => device.expect("reset", ({ state }) => state?.id === log)));
  await author.submit(["one", "two", "three"].map((text) => post(log, text)));
  await Promise.all(
    [author, reader].map((device) => device.expect("event", ({ event }) => event?.log === log && event.seq === 4)),
  );
  return { log, ana, ben, author, reader };
}

async function stateOf(device: RawDevice, conversation: string) {
  const { readStates } = await device.expect("registers", (registers) =>
    registers.readStates.some((state) => state.conversation === conversation),
  );
  return readStates.find((state) => state.conversation === conversation);
}

function agree(told: MemberMark, mark: Omit<MemberMark, "$typeName">): boolean {
  return Bun.deepEquals({ ...told }, { $typeName: told.$typeName, ...mark });
}
