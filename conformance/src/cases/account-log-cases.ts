import { addMembers, erase, expectAccepted, leave, post, removeMembers } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { entryOf, pair } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

/** What an account is told of its conversations. */
export const accountLogCases: readonly ConformanceCase[] = [
  {
    title: "[EVENT6] [ACCOUNT3] for who is removed that event is the last one; the account log says Parted",
    async run(session) {
      const { log, device, other, ben } = await pair(session);
      const removal = removeMembers(log, [ben.account]);
      const seq = expectAccepted((await device.submit([removal]))[0]);
      await other.expect("event", ({ event }) => event?.id === removal.id);
      expectMatch(await accountEvent(other, "parted", log), { conversationSeq: seq }, "the account event");
      const message = post(log, "without you");
      await device.submit([message]);
      await device.expect("event", ({ event }) => event?.id === message.id);
      await other.settle();
      expectEqual(
        other.all("event").filter(({ event }) => event?.log === log && event.seq > seq),
        [],
        "what comes later",
      );
      const answer = await other.ask({ case: "changes", value: { conversation: log } });
      expectMatch(
        answer,
        { case: "reset", value: { status: { head: { seq }, entryHead: seq } } },
        "what who was removed is shown",
      );
      expectEqual(await entryOf(other, log, message.id), undefined, "a later message by its id");
    },
  },
  {
    title:
      "[ACCOUNT1] [ACCOUNT2] [RESET1] who joins is told on all devices, by the account log and a Reset; the account log has no gap",
    async run(session) {
      const { log, device } = await pair(session);
      const cem = await session.person();
      const devices = [await session.online(cem), await session.onlineAt(await session.signIn(cem))];
      const seq = expectAccepted((await device.submit([addMembers(log, [cem.account])]))[0]);
      for (const each of devices) {
        expectMatch(await accountEvent(each, "joined", log), { conversationSeq: seq }, "the account event");
        const reset = await each.expect("reset", ({ state }) => state?.id === log);
        expectMatch(reset, { status: { head: { seq } }, newest: { conversation: log, asOf: seq } }, "the Reset");
        expectThat(reset.profiles.length >= 3, "the profiles of the members", reset.profiles);
      }
      const back = await session.connect(cem.seat);
      const { accountHead, incarnation } = await back.hello();
      const again = await session.connect(cem.seat);
      await again.hello({ incarnation, accountHead: 0 });
      await again.expect("accountEvent", (event) => event.seq === accountHead);
      expectEqual(
        again.all("accountEvent").map((event) => event.seq),
        Array.from({ length: accountHead }, (_, index) => index + 1),
        "the seqs",
      );
    },
  },
  {
    title: "[ACCOUNT4] a former member is told that a message they may hold was erased, and nothing of others",
    async run(session) {
      const { log, device, other } = await pair(session);
      const [seen, unseen] = [post(log, "seen"), post(log, "unseen")];
      await device.submit([seen]);
      expectAccepted((await other.submit([leave(log)]))[0]);
      (await device.submit([unseen, erase(log, unseen.id), erase(log, seen.id)])).forEach(expectAccepted);
      const told = await accountEvent(other, "erasedElsewhere", log);
      expectMatch(told, { conversation: log, conversationSeq: 6, target: seen.id }, "the account event");
    },
  },
];

type AccountBody = "joined" | "parted" | "erasedElsewhere";

/** What the account log says of a conversation. */
async function accountEvent(device: RawDevice, kind: AccountBody, conversation: string) {
  const { body } = await device.expect(
    "accountEvent",
    (event) => event.body.case === kind && event.body.value.conversation === conversation,
  );
  return body.value;
}
