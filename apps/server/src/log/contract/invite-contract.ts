import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { memberOf } from "@parley/log";
import { hashOfSecret, InviteRequestSchema, InviteStanding, limits, RejectionCode, Role } from "@parley/protocol";
import { type Body, rejectionOf, type Stage, type TestDevice } from "../../testing/log-stage.ts";

const secret = (which: number) => new Uint8Array(limits.inviteSecretBytes).fill(which);

interface Bounds {
  readonly lifetimeMs?: number;
  readonly maxUses?: number;
  readonly needsApproval?: boolean;
}

function link(which: number, bounds: Bounds = {}): Body {
  return { case: "makeInvite", value: { secretHash: hashOfSecret(secret(which)), ...bounds } };
}

function joinBy(which: number): Body {
  return { case: "join", value: { secret: secret(which) } };
}

/** Links by which people join a group. */
export function inviteContract(stage: () => Stage): void {
  const lookUp = (viewer: TestDevice, conversation: string, which: number, now = Date.now()) =>
    stage().log.reader.invite(
      viewer.account,
      create(InviteRequestSchema, { conversation, secret: secret(which) }),
      now,
    );
  const stateOf = async (viewer: TestDevice, log: string) => {
    const state = await stage().log.reader.conversation(viewer.account, log);
    if (state === undefined) throw new Error("There is no such conversation.");
    return state;
  };

  describe("links to a group", () => {
    test("[INV2] the last use is one person's, whatever comes in one transaction with it", async () => {
      const [ann, bob, cho] = await cast(stage());
      const log = await stage().group(ann, []);
      await ann.must(log, link(1, { maxUses: 1 }));
      const joins = [bob.prepare(log, joinBy(1)), bob.prepare(log, joinBy(1)), cho.prepare(log, joinBy(1))];
      const { answers, published } = await stage().log.writer.execute(joins);
      expect(answers.map(rejectionOf)).toEqual([undefined, undefined, RejectionCode.INVITE_ENDED]);
      expect(published.map(({ event, joined }) => [event.body.case, joined])).toEqual([
        ["memberJoined", [bob.account]],
        ["noEffect", []],
      ]);
      const state = await stateOf(ann, log);
      expect(state.invites.map(({ uses }) => uses)).toEqual([1]);
      expect(memberOf(state, cho.account)).toBeUndefined();
    });

    test("[INV2] is told to who asks by the clock: open, over, and nothing of the group once it is over", async () => {
      const [ann, bob] = await cast(stage());
      const log = await stage().group(ann, []);
      await ann.must(log, link(1, { lifetimeMs: 60_000 }));
      const { expiresAt = 0 } = (await stateOf(ann, log)).invites[0] ?? {};
      expect(await lookUp(bob, log, 1, expiresAt - 1)).toMatchObject({
        standing: InviteStanding.OPEN,
        title: "Team",
        members: 1,
        inviter: { account: ann.account, displayName: "Ann" },
      });
      const over = await lookUp(bob, log, 1, expiresAt);
      expect([over?.standing, over?.title, over?.inviter]).toEqual([InviteStanding.EXPIRED, "", undefined]);
      expect((await lookUp(ann, log, 1, expiresAt))?.standing).toBe(InviteStanding.MEMBER);
      expect(await lookUp(bob, log, 2)).toBeUndefined();
      expect(await lookUp(bob, stage().id(), 1)).toBeUndefined();
    });

    test("[INV3] a follower tells who joined, as if they had been added", async () => {
      const [ann, bob] = await cast(stage());
      const log = await stage().group(ann, []);
      await ann.must(log, link(1));
      while ((await stage().log.writer.follow()).written.length > 0);
      await bob.must(log, joinBy(1));
      const { written } = await stage().log.writer.follow();
      expect(written.map(({ account, event }) => [account, event.body.case])).toEqual([[bob.account, "joined"]]);
    });

    test("[INV2] ends with its maker's right, in the row too", async () => {
      const [ann, bob, cho] = await cast(stage());
      const log = await stage().group(ann, [bob]);
      const role = (to: Role): Body => ({ case: "setRole", value: { account: bob.account, role: to } });
      await ann.must(log, role(Role.ADMIN));
      await bob.must(log, link(1));
      await ann.must(log, role(Role.MEMBER));
      expect((await stateOf(ann, log)).invites.map(({ revoked }) => revoked)).toEqual([true]);
      expect(rejectionOf(await cho.send(log, joinBy(1)))).toBe(RejectionCode.INVITE_ENDED);
      expect((await lookUp(cho, log, 1))?.standing).toBe(InviteStanding.REVOKED);
    });

    test("[INV6] who asks waits in the state, and is told of in the account's log when let in", async () => {
      const [ann, bob, cho] = await cast(stage());
      const log = await stage().group(ann, []);
      await ann.must(log, link(1, { needsApproval: true, maxUses: 2 }));
      while ((await stage().log.writer.follow()).written.length > 0);
      for (const one of [bob, cho]) await one.must(log, joinBy(1));
      expect((await lookUp(bob, log, 1))?.standing).toBe(InviteStanding.WAITING);
      expect((await stage().log.writer.follow()).written).toEqual([]);
      const answer = (account: string, accept: boolean): Body => ({ case: "answerJoin", value: { account, accept } });
      const answers = [ann.prepare(log, answer(bob.account, true)), ann.prepare(log, answer(bob.account, false))];
      const { published } = await stage().log.writer.execute(answers);
      expect(published.map(({ event, joined }) => [event.body.case, joined])).toEqual([
        ["memberLetIn", [bob.account]],
        ["noEffect", []],
      ]);
      const state = await stateOf(ann, log);
      expect(state.joinRequests.map(({ account, displayName }) => [account, displayName])).toEqual([
        [cho.account, "Cho"],
      ]);
      const { written } = await stage().log.writer.follow();
      expect(written.map(({ account, event }) => [account, event.body.case])).toEqual([[bob.account, "joined"]]);
    });

    test("[INV6] lets in at once who waits by another link, and tells who waits no more of a link that is over than others", async () => {
      const [ann, bob] = await cast(stage());
      const log = await stage().group(ann, []);
      await ann.must(log, link(1, { needsApproval: true }));
      await bob.must(log, joinBy(1));
      const over = await ann.must(log, link(2));
      await ann.must(log, link(3));
      await ann.must(log, { case: "revokeInvite", value: { invite: over } });
      expect(await lookUp(bob, log, 2)).toMatchObject({ standing: InviteStanding.REVOKED, title: "" });
      expect((await lookUp(bob, log, 3))?.standing).toBe(InviteStanding.OPEN);
      await bob.must(log, joinBy(3));
      expect((await stateOf(ann, log)).joinRequests).toEqual([]);
    });

    test("[INV2] are revoked once, and not after their end", async () => {
      const [ann, bob] = await cast(stage());
      const log = await stage().group(ann, []);
      const used = await ann.must(log, link(1, { maxUses: 1 }));
      const open = await ann.must(log, link(2));
      await bob.must(log, joinBy(1));
      const revokes = [used, open, open].map((invite) => ann.prepare(log, { case: "revokeInvite", value: { invite } }));
      const { published } = await stage().log.writer.execute(revokes);
      expect(published.map(({ event }) => event.body.case)).toEqual(["noEffect", "inviteRevoked", "noEffect"]);
    });

    test("[INV6] only so many wait to be let in", async () => {
      const [ann, bob] = await cast(stage());
      const log = await stage().group(ann, []);
      await ann.must(log, link(1, { needsApproval: true }));
      const names = Array.from({ length: limits.joinRequestsPerGroup }, (_, index) => `Asking${index}`);
      for (const one of await stage().people(...names)) await one.must(log, joinBy(1));
      expect(rejectionOf(await bob.send(log, joinBy(1)))).toBe(RejectionCode.JOIN_REQUESTS_FULL);
      expect((await stateOf(ann, log)).joinRequests).toHaveLength(limits.joinRequestsPerGroup);
    });

    test("a full group lets nobody in, and takes no use for it", async () => {
      const [ann, bob] = await cast(stage());
      const names = Array.from({ length: limits.membersPerGroup - 1 }, (_, index) => `Member${index}`);
      const others = await stage().people(...names);
      const log = await stage().group(ann, others);
      await ann.must(log, link(1));
      expect(rejectionOf(await bob.send(log, joinBy(1)))).toBe(RejectionCode.MEMBERS_FULL);
      expect((await lookUp(bob, log, 1))?.standing).toBe(InviteStanding.FULL);
      expect((await stateOf(ann, log)).invites.map(({ uses }) => uses)).toEqual([0]);
    });
  });
}

async function cast(stage: Stage): Promise<[TestDevice, TestDevice, TestDevice]> {
  const [ann, bob, cho] = await stage.people("Ann", "Bob", "Cho");
  if (ann === undefined || bob === undefined || cho === undefined) throw new Error("unreachable");
  return [ann, bob, cho];
}
