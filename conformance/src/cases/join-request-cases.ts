import { InviteStanding, RejectionCode, Role } from "@parley/protocol";
import {
  addMembers,
  answerJoin,
  cancelJoin,
  expectAccepted,
  expectRejected,
  join,
  makeInvite,
  setRole,
} from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshSecret } from "../kit/ids.ts";
import { entryOf, pair } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";
import type { Session } from "../kit/session.ts";

const { NOT_FOUND, NOT_ALLOWED, INVALID, INVITE_ENDED } = RejectionCode;
const { OPEN, WAITING, MEMBER } = InviteStanding;

async function stateOf(device: RawDevice, conversation: string) {
  const answer = await device.ask({ case: "changes", value: { conversation } });
  expectThat(answer.case === "reset" && answer.value.state !== undefined, "a reset with the state", answer);
  return answer.value.state;
}

async function standingOf(device: RawDevice, conversation: string, secret: Uint8Array): Promise<InviteStanding> {
  const answer = await device.ask({ case: "invite", value: { conversation, secret } });
  expectThat(answer.case === "invite", "what the link leads to", answer);
  return answer.value.standing;
}

/** A pair whose group has a link that needs approval, and somebody who has it. */
async function asking(session: Session, maxUses = 0) {
  const group = await pair(session);
  const cem = await session.person();
  const newcomer = await session.online(cem);
  const secret = freshSecret();
  const made = makeInvite(group.log, secret, { needsApproval: true, maxUses });
  expectAccepted((await group.device.submit([made]))[0]);
  return { ...group, cem, newcomer, secret, made };
}

/** People who ask to be let into a group. */
export const joinRequestCases: readonly ConformanceCase[] = [
  {
    title: "[ASKING1] [ASKING3] who asks is told to the members, waits, and is let in",
    async run(session) {
      const { device, other, log, ana, cem, newcomer, secret, made } = await asking(session);
      expectEqual(await standingOf(newcomer, log, secret), OPEN, "the standing before");
      const request = join(log, secret);
      expectAccepted((await newcomer.submit([request]))[0]);
      const { event } = await other.expect("event", (frame) => frame.event?.id === request.id);
      const told = { invite: made.id, inviter: ana.account, userName: cem.userName, displayName: cem.displayName };
      expectMatch(
        event,
        { author: cem.account, ordinal: 0, body: { case: "joinRequested", value: told } },
        "the event",
      );
      const before = await stateOf(other, log);
      const { userName, displayName } = cem;
      expectMatch(
        before.joinRequests,
        [{ account: cem.account, userName, displayName, inviter: ana.account, askedAt: event?.receivedAt ?? 0 }],
        "who waits",
      );
      expectEqual(before.invites[0]?.uses, 1, "how often the link was used");
      expectEqual(await standingOf(newcomer, log, secret), WAITING, "the standing of who waits");
      const answer = answerJoin(log, cem.account, true);
      expectAccepted((await device.submit([answer]))[0]);
      await newcomer.expect("reset", ({ state }) => state?.id === log);
      const frame = await other.expect("event", ({ event: one }) => one?.id === answer.id);
      const letIn = { case: "memberLetIn", value: { account: cem.account, inviter: ana.account } };
      expectMatch(frame.event?.body, letIn, "the event of letting in");
      expectEqual(
        frame.profiles.map(({ account }) => account),
        [cem.account],
        "whose profiles come with it",
      );
      const entry = await entryOf(other, log, answer.id);
      expectMatch(entry?.body, { case: "system", value: { what: letIn } }, "its entry");
      expectEqual((await stateOf(newcomer, log)).joinRequests, [], "who waits afterwards");
      expectEqual(await standingOf(newcomer, log, secret), MEMBER, "the standing of a member");
    },
  },
  {
    title: "[ASKING1] asking again has no effect and takes no use, also of a link that is used up by it",
    async run(session) {
      const { device, log, newcomer, secret } = await asking(session, 1);
      const requests = [join(log, secret), join(log, secret)];
      (await newcomer.submit(requests)).forEach(expectAccepted);
      const bodies = [];
      for (const { id } of requests) {
        bodies.push((await device.expect("event", (frame) => frame.event?.id === id)).event?.body.case);
      }
      expectEqual(bodies, ["joinRequested", "noEffect"], "what came of it");
      const late = await session.online(await session.person());
      expectRejected((await late.submit([join(log, secret)]))[0], INVITE_ENDED);
    },
  },
  {
    title: "[ASKING2] a request is taken back by who asked, and by nobody else is there anything to take back",
    async run(session) {
      const { device, other, log, newcomer, secret } = await asking(session);
      expectRejected((await newcomer.submit([cancelJoin(log)]))[0], NOT_FOUND);
      expectAccepted((await newcomer.submit([join(log, secret)]))[0]);
      const ends = [cancelJoin(log)];
      expectAccepted((await newcomer.submit(ends))[0]);
      const { event } = await device.expect("event", (frame) => frame.event?.id === ends[0]?.id);
      expectMatch(event?.body, { case: "joinRequestEnded" }, "the event");
      expectEqual((await stateOf(device, log)).joinRequests, [], "who waits");
      expectRejected((await newcomer.submit([cancelJoin(log)]))[0], NOT_FOUND);
      const ofMember = cancelJoin(log);
      expectAccepted((await other.submit([ofMember]))[0]);
      const frame = await device.expect("event", ({ event: one }) => one?.id === ofMember.id);
      expectMatch(frame.event?.body, { case: "noEffect" }, "the event of a member's");
    },
  },
  {
    title: "[ASKING3] owners and admins answer, and nobody else; declined, one can ask again",
    async run(session) {
      const { device, other, log, ben, cem, newcomer, secret } = await asking(session);
      expectAccepted((await newcomer.submit([join(log, secret)]))[0]);
      expectRejected((await other.submit([answerJoin(log, cem.account, true)]))[0], NOT_ALLOWED);
      expectRejected((await newcomer.submit([answerJoin(log, cem.account, true)]))[0], NOT_FOUND);
      expectAccepted((await device.submit([setRole(log, ben.account, Role.ADMIN)]))[0]);
      expectRejected((await other.submit([answerJoin(log, "", true)]))[0], INVALID);
      const no = answerJoin(log, cem.account, false);
      const again = answerJoin(log, cem.account, true);
      (await other.submit([no, again])).forEach(expectAccepted);
      const { event } = await device.expect("event", (frame) => frame.event?.id === no.id);
      expectMatch(event?.body, { case: "joinRequestEnded", value: { account: cem.account } }, "the event");
      const late = await device.expect("event", (frame) => frame.event?.id === again.id);
      expectMatch(late.event?.body, { case: "noEffect" }, "what an answer to nobody does");
      expectEqual(await standingOf(newcomer, log, secret), OPEN, "the standing of who was declined");
      expectAccepted((await newcomer.submit([join(log, secret)]))[0]);
      expectEqual((await stateOf(device, log)).joinRequests.length, 1, "how many wait");
    },
  },
  {
    title: "[ASKING4] who becomes a member by another way asks no more",
    async run(session) {
      const { device, log, cem, newcomer, secret } = await asking(session);
      expectAccepted((await newcomer.submit([join(log, secret)]))[0]);
      expectAccepted((await device.submit([addMembers(log, [cem.account])]))[0]);
      expectEqual((await stateOf(device, log)).joinRequests, [], "who waits");
    },
  },
];
