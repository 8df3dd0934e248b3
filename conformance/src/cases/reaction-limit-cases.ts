import { limits, RejectionCode } from "@parley/protocol";
import { expectAccepted, expectRejected, post, react, unreact } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectThat } from "../kit/expectation.ts";
import type { RawDevice } from "../kit/raw-device.ts";
import type { Session } from "../kit/session.ts";

const { reactionsPerMessage, reactionsPerMember, emojisPerMessage } = limits;

/** Bounds of reactions, against who would flood a message with them. */
export const reactionLimitCases: readonly ConformanceCase[] = [
  {
    title:
      "[LIMIT51] a member reacts to a message with 32 emojis at once, one more is OWN_REACTIONS_FULL until one is taken back",
    async run(session) {
      const { devices, log, message } = await reacting(session, 2);
      const [owner, other] = devices;
      expectThat(owner !== undefined && other !== undefined, "two devices");
      await reactWith(owner, log, message, 0, reactionsPerMember);
      const oneMore = async () => (await owner.submit([react(log, message, emojiAt(reactionsPerMember))]))[0];
      expectRejected(await oneMore(), RejectionCode.OWN_REACTIONS_FULL);
      expectAccepted((await owner.submit([react(log, message, emojiAt(0))]))[0]);
      expectAccepted((await other.submit([react(log, message, emojiAt(reactionsPerMember))]))[0]);
      expectAccepted((await owner.submit([unreact(log, message, emojiAt(0))]))[0]);
      expectAccepted(await oneMore());
    },
  },
  {
    title:
      "[LIMIT50] a message takes 64 different emojis, one more is REACTIONS_FULL; each of those there can still be joined",
    async run(session) {
      const { devices, log, message } = await reacting(session, 3);
      const [owner, second, third] = devices;
      expectThat(owner !== undefined && second !== undefined && third !== undefined, "three devices");
      await reactWith(owner, log, message, 0, reactionsPerMember);
      await reactWith(second, log, message, reactionsPerMember, emojisPerMessage - reactionsPerMember);
      const answers = await third.submit([
        react(log, message, emojiAt(emojisPerMessage)),
        react(log, message, emojiAt(emojisPerMessage - 1)),
      ]);
      expectRejected(answers[0], RejectionCode.REACTIONS_FULL);
      expectAccepted(answers[1]);
    },
  },
  {
    title: "[LIMIT10] a message takes 1,000 reactions of all members and emojis together, and no more",
    // With as many people as the case of a crowd.
    alone: true,
    async run(session) {
      const { devices, log, message } = await reacting(session, Math.ceil(reactionsPerMessage / reactionsPerMember));
      let left = reactionsPerMessage;
      for (const device of devices) {
        const some = Math.min(reactionsPerMember, left);
        await reactWith(device, log, message, 0, some);
        left -= some;
      }
      const last = devices.at(-1);
      expectThat(last !== undefined, "a device");
      const answers = await last.submit([
        react(log, message, emojiAt(reactionsPerMember - 1)),
        react(log, message, emojiAt(0)),
      ]);
      expectRejected(answers[0], RejectionCode.REACTIONS_FULL);
      expectAccepted(answers[1]);
    },
  },
];

/** So many people in a group, and a message. */
async function reacting(session: Session, count: number) {
  const people = [];
  while (people.length < count) people.push(await session.person());
  const devices = await Promise.all(people.map((person) => session.online(person)));
  const [owner] = devices;
  expectThat(owner !== undefined, "an owner");
  const log = await session.group(owner, people.slice(1));
  const { id: message, ...rest } = post(log, "react!");
  expectAccepted((await owner.submit([{ id: message, ...rest }]))[0]);
  return { devices, log, message };
}

async function reactWith(device: RawDevice, log: string, message: string, from: number, count: number): Promise<void> {
  const emojis = Array.from({ length: count }, (_, index) => emojiAt(from + index));
  const answers = await device.submit(emojis.map((emoji) => react(log, message, emoji)));
  answers.forEach(expectAccepted);
}

/** Another one for each number. */
function emojiAt(index: number): string {
  return String.fromCodePoint(0x4e00 + index);
}
