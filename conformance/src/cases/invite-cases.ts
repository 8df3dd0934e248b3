import { hashOfSecret, InviteStanding, limits, ProblemCode, RejectionCode, Role } from "@parley/protocol";
import {
  expectAccepted,
  expectRejected,
  join,
  leave,
  makeInvite,
  post,
  removeMembers,
  revokeInvite,
  setRole,
} from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId, freshSecret } from "../kit/ids.ts";
import { entryOf, pair } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

const { NOT_FOUND, NOT_ALLOWED, INVALID, INVITES_FULL, INVITE_ENDED } = RejectionCode;
const { OPEN, MEMBER, EXPIRED, USED_UP, REVOKED } = InviteStanding;

/** The state of a conversation as the server tells it now. */
async function stateOf(device: RawDevice, conversation: string) {
  const answer = await device.ask({ case: "changes", value: { conversation } });
  expectThat(answer.case === "reset" && answer.value.state !== undefined, "a reset with the state", answer);
  return answer.value.state;
}

async function lookUp(device: RawDevice, conversation: string, secret: Uint8Array) {
  const answer = await device.ask({ case: "invite", value: { conversation, secret } });
  expectThat(answer.case === "invite", "what the link leads to", answer);
  return answer.value;
}

/** Links by which people join a group. */
export const inviteCases: readonly ConformanceCase[] = [
  {
    title: "[INVITE1] [INVITE4] [JOIN1] a link is made, told to the members by its hash, looked up, and joined by",
    async run(session) {
      const { device, other, log, ana } = await pair(session);
      const cem = await session.person();
      const newcomer = await session.online(cem);
      const secret = freshSecret();
      const made = makeInvite(log, secret, { label: "On the poster", lifetimeMs: 3_600_000, maxUses: 5 });
      expectAccepted((await device.submit([made]))[0]);
      const { event } = await other.expect("event", (frame) => frame.event?.id === made.id);
      const secretHash = hashOfSecret(secret);
      expectMatch(
        event?.body,
        { case: "inviteMade", value: { label: "On the poster", maxUses: 5, secretHash } },
        "the event",
      );
      expectMatch(event?.ordinal, 0, "the ordinal of an event without an entry");
      const [invite] = (await stateOf(other, log)).invites;
      const { receivedAt = 0 } = event ?? {};
      expectMatch(
        invite,
        { id: made.id, maker: ana.account, madeAt: receivedAt, expiresAt: receivedAt + 3_600_000, uses: 0, secretHash },
        "the link in the state",
      );
      const found = await lookUp(newcomer, log, secret);
      expectMatch(
        found,
        { standing: OPEN, members: 2, inviter: { account: ana.account, displayName: ana.displayName } },
        "what the link leads to",
      );
      const joining = join(log, secret);
      expectAccepted((await newcomer.submit([joining]))[0]);
      await newcomer.expect("reset", ({ state }) => state?.id === log);
      const told = { case: "memberJoined", value: { invite: made.id, inviter: ana.account } };
      const frame = await other.expect("event", ({ event: one }) => one?.id === joining.id);
      expectMatch(frame.event, { author: cem.account, body: told }, "the event of joining");
      expectEqual(
        frame.profiles.map(({ account }) => account),
        [cem.account],
        "whose profiles come with it",
      );
      expectMatch(
        (await entryOf(other, log, joining.id))?.body,
        { case: "system", value: { what: told } },
        "its entry",
      );
      const after = await stateOf(newcomer, log);
      expectEqual(after.invites[0]?.uses, 1, "how often the link was used");
      expectMatch(
        after.members.find(({ account }) => account === cem.account),
        { present: true, role: Role.MEMBER },
        "the new member",
      );
      expectAccepted((await newcomer.submit([post(log, "here I am")]))[0]);
    },
  },
  {
    title: "[JOIN2] joining again, or as a member, has no effect and takes no use; sent again it is the same verdict",
    async run(session) {
      const { device, other, log } = await pair(session);
      const newcomer = await session.online(await session.person());
      const secret = freshSecret();
      expectAccepted((await device.submit([makeInvite(log, secret)]))[0]);
      expectAccepted((await other.submit([join(log, secret)]))[0]);
      const joining = join(log, secret);
      const first = expectAccepted((await newcomer.submit([joining]))[0]);
      expectEqual(expectAccepted((await newcomer.submit([joining]))[0]), first, "the seq of the same command");
      expectAccepted((await newcomer.submit([join(log, secret)]))[0]);
      expectEqual((await stateOf(device, log)).invites[0]?.uses, 1, "how often the link was used");
    },
  },
  {
    title: "[JOIN3] the last use is one person's; an expired, used-up or revoked link lets nobody in, and says which",
    async run(session) {
      const { device, log } = await pair(session);
      const [one, two] = [await session.online(await session.person()), await session.online(await session.person())];
      const [once, short, taken] = [freshSecret(), freshSecret(), freshSecret()];
      const revoked = makeInvite(log, taken);
      // Making one forgets those that have ended, so all are made before one ends.
      const links = [makeInvite(log, once, { maxUses: 1 }), revoked, makeInvite(log, short, { lifetimeMs: 1 })];
      (await device.submit(links)).forEach(expectAccepted);
      expectAccepted((await device.submit([revokeInvite(log, revoked.id)]))[0]);
      expectAccepted((await one.submit([join(log, once)]))[0]);
      for (const secret of [once, short, taken])
        expectRejected((await two.submit([join(log, secret)]))[0], INVITE_ENDED);
      const standings = [];
      for (const secret of [once, short, taken]) standings.push(await lookUp(two, log, secret));
      expectEqual(
        standings.map(({ standing }) => standing),
        [USED_UP, EXPIRED, REVOKED],
        "the standings",
      );
      for (const { title, members, inviter } of standings) {
        expectEqual([title, members, inviter], ["", 0, undefined], "what is told of a group that one cannot join");
      }
      expectEqual((await lookUp(one, log, once)).standing, MEMBER, "the standing for a member");
    },
  },
  {
    title: "[JOIN4] without the secret there is no such group, for strangers and for former members",
    async run(session) {
      const { device, other, log, ben } = await pair(session);
      const stranger = await session.online(await session.person());
      expectAccepted((await device.submit([makeInvite(log, freshSecret())]))[0]);
      expectAccepted((await device.submit([removeMembers(log, [ben.account])]))[0]);
      for (const each of [stranger, other]) {
        for (const where of [log, freshId()]) {
          expectRejected((await each.submit([join(where, freshSecret())]))[0], NOT_FOUND);
          const answer = await each.ask({ case: "invite", value: { conversation: where, secret: freshSecret() } });
          expectMatch(answer, { case: "problem", value: { code: ProblemCode.NOT_FOUND } }, "the answer");
        }
      }
      expectRejected((await stranger.submit([join(log, new Uint8Array(15))]))[0], NOT_FOUND);
      expectRejected((await device.submit([join(log, new Uint8Array(15))]))[0], INVALID);
      const short = await device.ask({ case: "invite", value: { conversation: log, secret: new Uint8Array(15) } });
      expectMatch(short, { case: "problem", value: { code: ProblemCode.INVALID } }, "the answer");
    },
  },
  {
    title: "[JOIN5] who comes back by a link sees on from there, and nothing of the time between",
    async run(session) {
      const { device, other, log, ben } = await pair(session);
      const secret = freshSecret();
      expectAccepted((await device.submit([makeInvite(log, secret)]))[0]);
      expectAccepted((await other.submit([leave(log)]))[0]);
      const between = post(log, "without ben");
      expectAccepted((await device.submit([between]))[0]);
      const seq = expectAccepted((await other.submit([join(log, secret)]))[0]);
      const member = (await stateOf(device, log)).members.find(({ account }) => account === ben.account);
      const intervals = member?.intervals.map(({ from, to }) => [from, to]);
      expectThat(intervals?.length === 2 && intervals[1]?.[0] === seq, "a new interval from joining on", intervals);
      expectEqual(await entryOf(other, log, between.id), undefined, "what was said meanwhile");
    },
  },
  {
    title: "[INVITE2] [RIGHTS1] owners and admins revoke any link, and without effect what is none; members none",
    async run(session) {
      const { device, other, log, ben } = await pair(session);
      const made = makeInvite(log, freshSecret());
      expectAccepted((await device.submit([made]))[0]);
      expectRejected((await other.submit([revokeInvite(log, made.id)]))[0], NOT_ALLOWED);
      expectRejected((await other.submit([makeInvite(log, freshSecret())]))[0], NOT_ALLOWED);
      expectAccepted((await device.submit([setRole(log, ben.account, Role.ADMIN)]))[0]);
      const ends = [revokeInvite(log, made.id), revokeInvite(log, made.id), revokeInvite(log, freshId())];
      (await other.submit(ends)).forEach(expectAccepted);
      const bodies = [];
      for (const { id } of ends) {
        bodies.push((await device.expect("event", (frame) => frame.event?.id === id)).event?.body.case);
      }
      expectEqual(bodies, ["inviteRevoked", "noEffect", "noEffect"], "what came of it");
      expectRejected((await device.submit([revokeInvite(log, "that one")]))[0], INVALID);
    },
  },
  {
    title: "[INVITE3] a link ends with its maker's right to make it",
    async run(session) {
      const { device, other, log, ben } = await pair(session);
      const newcomer = await session.online(await session.person());
      const secret = freshSecret();
      expectAccepted((await device.submit([setRole(log, ben.account, Role.ADMIN)]))[0]);
      expectAccepted((await other.submit([makeInvite(log, secret)]))[0]);
      expectAccepted((await device.submit([setRole(log, ben.account, Role.MEMBER)]))[0]);
      expectRejected((await newcomer.submit([join(log, secret)]))[0], INVITE_ENDED);
      expectAccepted((await device.submit([setRole(log, ben.account, Role.ADMIN)]))[0]);
      expectRejected((await newcomer.submit([join(log, secret)]))[0], INVITE_ENDED);
    },
  },
  {
    title: "[LIMIT40] [INVITE5] a group has 20 links that work; those that have ended go when another is made",
    async run(session) {
      const { device, log } = await pair(session);
      const links = Array.from({ length: limits.invitesPerGroup }, () => makeInvite(log, freshSecret()));
      (await device.submit(links)).forEach(expectAccepted);
      expectRejected((await device.submit([makeInvite(log, freshSecret())]))[0], INVITES_FULL);
      const [first] = links;
      const last = makeInvite(log, freshSecret());
      const again = [revokeInvite(log, first?.id ?? ""), last];
      (await device.submit(again)).forEach(expectAccepted);
      const ids = (await stateOf(device, log)).invites.map(({ id }) => id);
      expectEqual(
        ids,
        [...links.slice(1), last].map(({ id }) => id),
        "the links in the order in which they were made",
      );
    },
  },
  {
    title: "[LIMIT41] [LIMIT42] a label, a lifetime and a hash out of bounds are INVALID, and a hash that is there",
    async run(session) {
      const { device, log } = await pair(session);
      const label = "l".repeat(limits.inviteLabelCharacters);
      const secret = freshSecret();
      const most = makeInvite(log, secret, { label, lifetimeMs: limits.inviteLifetimeMs });
      expectAccepted((await device.submit([most]))[0]);
      for (const wrong of [
        makeInvite(log, freshSecret(), { label: `${label}l` }),
        makeInvite(log, freshSecret(), { lifetimeMs: limits.inviteLifetimeMs + 1 }),
        makeInvite(log, freshSecret(), { lifetimeMs: -1 }),
        makeInvite(log, freshSecret(), { lifetimeMs: 0.5 }),
        makeInvite(log, secret),
      ]) {
        expectRejected((await device.submit([wrong]))[0], INVALID);
      }
    },
  },
  {
    title: "[LIMIT43] 30 links can be looked up at once, then the answer is RATE_LIMITED with the time to wait",
    async run(session) {
      const person = await session.newcomer();
      session.spend(person);
      const device = await session.online(person);
      const question = { case: "invite", value: { conversation: freshId(), secret: freshSecret() } } as const;
      for (let tries = 0; tries < 40; tries++) {
        const answer = await device.ask(question);
        expectThat(answer.case === "problem", "a problem", answer);
        if (answer.value.code === ProblemCode.NOT_FOUND) continue;
        expectThat(tries >= 30, "30 look-ups before the limit", tries);
        expectMatch(answer.value, { code: ProblemCode.RATE_LIMITED }, "the answer");
        expectThat(answer.value.retryAfterMs > 0, "a time to wait", answer.value.retryAfterMs);
        return;
      }
      expectThat(false, "a limit");
    },
  },
];
