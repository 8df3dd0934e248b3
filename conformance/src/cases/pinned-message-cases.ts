import { HistoryPolicy, limits, RejectionCode } from "@parley/protocol";
import {
  addMembers,
  erase,
  expectAccepted,
  expectRejected,
  leave,
  pinMessage,
  post,
  unpinMessage,
  withdraw,
} from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { entryOf, pair } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

/** Messages that all members see at the top of their conversation. */
export const pinnedMessageCases: readonly ConformanceCase[] = [
  {
    title: "[PINNED1] [PINNED2] members pin messages and end pins; what is so already takes a seq and changes nothing",
    async run(session) {
      const { device, other, log } = await pair(session);
      const [first, second] = [post(log, "first"), post(log, "second")];
      (await device.submit([first, second])).forEach(expectAccepted);
      const pins = [pinMessage(log, second.id), pinMessage(log, first.id), pinMessage(log, second.id)];
      (await other.submit(pins)).forEach(expectAccepted);
      expectEqual(await eventsOf(device, pins), ["messagePinned", "messagePinned", "noEffect"], "what pinning did");
      expectEqual(await pinnedIn(device, log), [second.id, first.id], "what is pinned, in the order of the pins");
      const ends = [unpinMessage(log, second.id), unpinMessage(log, second.id), unpinMessage(log, freshId())];
      (await device.submit(ends)).forEach(expectAccepted);
      expectEqual(await eventsOf(other, ends), ["messageUnpinned", "noEffect", "noEffect"], "what ending pins did");
      expectEqual(await pinnedIn(other, log), [first.id], "what is still pinned");
    },
  },
  {
    title: "[PINNED1] what is not there, deleted or no message cannot be pinned, nor anything by who is no member",
    async run(session) {
      const { device, other, log } = await pair(session);
      const [message, gone] = [post(log, "here"), post(log, "gone")];
      (await device.submit([message, gone, erase(log, gone.id)])).forEach(expectAccepted);
      const { TARGET_NOT_FOUND, TARGET_DELETED, INVALID, NOT_MEMBER, NOT_FOUND } = RejectionCode;
      const system = pinMessage(log, message.id);
      expectAccepted((await device.submit([system]))[0]);
      const [absent, deleted, entry, noId] = await device.submit([
        pinMessage(log, freshId()),
        pinMessage(log, gone.id),
        pinMessage(log, system.id),
        pinMessage(log, "that one"),
      ]);
      expectRejected(absent, TARGET_NOT_FOUND);
      expectRejected(deleted, TARGET_DELETED);
      expectRejected(entry, TARGET_NOT_FOUND);
      expectRejected(noId, INVALID);
      expectRejected((await device.submit([unpinMessage(log, "that one")]))[0], INVALID);
      expectAccepted((await other.submit([leave(log)]))[0]);
      const late = await other.submit([pinMessage(log, message.id), unpinMessage(log, message.id)]);
      for (const answer of late) expectRejected(answer, NOT_MEMBER);
      const stranger = await session.online(await session.person());
      const strange = await stranger.submit([pinMessage(log, message.id), unpinMessage(log, message.id)]);
      for (const answer of strange) expectRejected(answer, NOT_FOUND);
    },
  },
  {
    title: "[PINNED3] a pin makes an entry, ending one makes none, and deleting or withdrawing a message ends its pin",
    async run(session) {
      const { device, other, log } = await pair(session);
      const [first, second, third] = [post(log, "first"), post(log, "second"), post(log, "third")];
      const pins = [first, second, third].map(({ id }) => pinMessage(log, id));
      (await device.submit([first, second, third, ...pins])).forEach(expectAccepted);
      const [pin] = pins;
      if (pin === undefined) throw new Error("unreachable");
      const entry = await entryOf(other, log, pin.id);
      const what = { case: "messagePinned", value: { target: first.id } };
      expectMatch(entry, { ordinal: 5, body: { case: "system", value: { what } } }, "the entry");
      const ends = [erase(log, first.id), withdraw(log, second.id), unpinMessage(log, third.id)];
      (await device.submit(ends)).forEach(expectAccepted);
      for (const { id } of ends) {
        const { event } = await other.expect("event", (frame) => frame.event?.id === id);
        expectEqual(event?.ordinal, 0, "the ordinal of an end");
      }
      expectEqual(await pinnedIn(other, log), [], "what is still pinned");
    },
  },
  {
    title: "[PINNED4] who came later is told that something is pinned, and not what it says; they may end its pin",
    async run(session) {
      const { device, log } = await pair(session, { history: HistoryPolicy.SINCE_JOINED });
      const cem = await session.person();
      const late = await session.online(cem);
      const early = post(log, "before cem");
      (await device.submit([early, pinMessage(log, early.id), addMembers(log, [cem.account])])).forEach(expectAccepted);
      const { state } = await late.expect("reset", (reset) => reset.state?.id === log);
      expectEqual(state?.pinnedMessages, [early.id], "what is pinned for who came later");
      expectEqual(await entryOf(late, log, early.id), undefined, "what they are shown of it");
      expectRejected((await late.submit([pinMessage(log, early.id)]))[0], RejectionCode.TARGET_NOT_FOUND);
      expectAccepted((await late.submit([unpinMessage(log, early.id)]))[0]);
      expectEqual(await pinnedIn(device, log), [], "what is still pinned");
    },
  },
  {
    title: "[LIMIT33] a conversation has 50 pinned messages, and no more",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const messages = Array.from({ length: limits.pinnedMessagesPerConversation + 1 }, (_, index) =>
        post(log, `message ${index}`),
      );
      for (const message of messages) expectAccepted((await device.submit([message]))[0]);
      const answers = [];
      for (const { id } of messages) answers.push(...(await device.submit([pinMessage(log, id)])));
      const last = answers.pop();
      answers.forEach(expectAccepted);
      expectRejected(last, RejectionCode.PINNED_MESSAGES_FULL);
    },
  },
];

/** What commands did, as a device is told it. */
async function eventsOf(
  device: RawDevice,
  commands: readonly { readonly id: string }[],
): Promise<(string | undefined)[]> {
  const bodies: (string | undefined)[] = [];
  for (const { id } of commands) {
    bodies.push((await device.expect("event", ({ event }) => event?.id === id)).event?.body.case);
  }
  return bodies;
}

/** Ids, as a device that holds nothing is told them. */
async function pinnedIn(device: RawDevice, conversation: string): Promise<readonly string[] | undefined> {
  const answer = await device.ask({ case: "changes", value: { conversation } });
  return answer.case === "reset" ? answer.value.state?.pinnedMessages : undefined;
}
