import { expect, test } from "bun:test";
import {
  hashOfSecret,
  InviteStanding,
  ProblemCode,
  RejectionCode,
  Role,
  readInviteCode,
  writeInviteCode,
} from "@parley/protocol";
import { EngineFixture, group, me, newId, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

const draft = { label: "Poster", lifetimeMs: 60_000, maxUses: 3 };

/** A group, with what its window shows of links. */
async function withWindow() {
  const { fixture, log } = await inGroup(1);
  const timeline = fixture.engine.openTimeline(group);
  await settled();
  return { fixture, log, invites: () => timeline.get().invites };
}

test("[INV4] a link is shown at once with what stands in it, and goes again where it was not allowed", async () => {
  const { fixture, invites } = await withWindow();
  await fixture.engine.makeInvite(newId(), group, draft);
  await settled();
  expect(invites()).toMatchObject([{ label: "Poster", maxUses: 3, uses: 0, mine: true, waiting: true }]);
  expect(readInviteCode(invites()[0]?.code ?? "")?.conversation).toBe(group);
  await fixture.reject(RejectionCode.NOT_ALLOWED, "no");
  expect(invites()).toEqual([]);
});

test("[INV1] the server is told a hash, and by it the device knows its links again, after a restart too", async () => {
  const { fixture, log, invites } = await withWindow();
  const id = newId();
  await fixture.engine.makeInvite(id, group, draft);
  await settled();
  const { body } = fixture.server.takeCommands().at(-1)?.command ?? {};
  if (body?.case !== "makeInvite") throw new Error("No link was submitted.");
  const code = invites()[0]?.code ?? "";
  const { secretHash, label, maxUses } = body.value;
  expect(secretHash).toEqual(hashOfSecret(readInviteCode(code)?.secret ?? new Uint8Array()));
  const tell = async (author: string, hash: Uint8Array, other: string) => {
    const event = log.add(author, { case: "inviteMade", value: { secretHash: hash, label, maxUses } }, other);
    fixture.server.tell({ case: "event", value: { event } });
    await settled();
  };
  await tell(me, secretHash, id);
  await tell(you, hashOfSecret(new Uint8Array(16)), newId());
  expect(invites().map((one) => [one.mine, one.waiting, one.code])).toEqual([
    [false, false, undefined],
    [true, false, code],
  ]);
  await fixture.engine.stop();
  const next = new EngineFixture(fixture.disk, fixture.clock);
  await next.engine.start();
  const again = next.engine.openTimeline(group);
  await settled();
  expect(again.get().invites.map((one) => one.code)).toEqual([undefined, code]);
});

test("[INV4] a link that is revoked is known to work until the server has that", async () => {
  const { fixture, log, invites } = await withWindow();
  const id = newId();
  const made = log.add(me, { case: "inviteMade", value: { secretHash: new Uint8Array(32) } }, id);
  fixture.server.tell({ case: "event", value: { event: made } });
  await settled();
  expect(invites()).toMatchObject([{ revoked: false, waiting: false }]);
  await fixture.engine.revokeInvite(newId(), group, id);
  await settled();
  expect(invites()).toMatchObject([{ revoked: true, waiting: true }]);
  const revoked = log.add(me, { case: "inviteRevoked", value: { invite: id } });
  fixture.server.tell({ case: "event", value: { event: revoked } });
  await settled();
  expect(invites()).toMatchObject([{ revoked: true, waiting: false }]);
});

test("[INV1] who may not make links is shown none", async () => {
  const { fixture, log, invites } = await withWindow();
  const made = log.add(you, { case: "inviteMade", value: { secretHash: new Uint8Array(32) } });
  fixture.server.tell({ case: "event", value: { event: made } });
  await settled();
  expect(invites()).toHaveLength(1);
  for (const [account, role] of [
    [you, Role.OWNER],
    [me, Role.MEMBER],
  ] as const) {
    const event = log.add(you, { case: "roleSet", value: { account, role } });
    fixture.server.tell({ case: "event", value: { event } });
  }
  await settled();
  expect(invites()).toEqual([]);
});

test("[INV5] what a link leads to is asked of the server, and said in words that it cannot be", async () => {
  const { fixture, invites } = await withWindow();
  await fixture.engine.makeInvite(newId(), group, draft);
  await settled();
  const code = invites()[0]?.code ?? "";
  const ask = async (answer: Parameters<typeof fixture.server.tell>[0] | undefined) => {
    const view = fixture.engine.lookUpInvite(code);
    view.catch(() => undefined);
    await settled();
    const asked = fixture.server.take("request").find(({ question }) => question.case === "invite");
    expect(asked?.question.value).toMatchObject({ conversation: group });
    if (answer?.case === "response") fixture.server.tell({ ...answer, value: { ...answer.value, id: asked?.id ?? 0 } });
    return view;
  };
  const inviter = { account: you, userName: "you", displayName: "You", rev: 1 };
  const open = { standing: InviteStanding.OPEN, title: "Group", members: 2, inviter };
  expect(await ask({ case: "response", value: { answer: { case: "invite", value: open } } })).toEqual({
    conversation: group,
    standing: "open",
    title: "Group",
    members: 2,
    inviterName: "You",
    needsApproval: false,
  });
  const problems = [
    [ProblemCode.NOT_FOUND, "unknown"],
    [ProblemCode.RATE_LIMITED, "try-later"],
  ] as const;
  for (const [problem, standing] of problems) {
    const answer = { case: "problem", value: { code: problem } } as const;
    expect((await ask({ case: "response", value: { answer } })).standing).toBe(standing);
  }
  await expect(fixture.engine.lookUpInvite("no code")).rejects.toMatchObject({ code: "invalid" });
  fixture.server.drop();
  await settled();
  await expect(fixture.engine.lookUpInvite(code)).rejects.toMatchObject({ code: "offline" });
});

test("[INV3] joining is queued for a group that the device does not hold, and tells why it failed", async () => {
  const fixture = new EngineFixture();
  await fixture.online();
  const conversation = newId();
  const secret = Uint8Array.from({ length: 16 }, (_, index) => index);
  const id = newId();
  expect(await fixture.engine.join(id, writeInviteCode({ conversation, secret }))).toBe(conversation);
  await settled();
  expect(fixture.server.takeCommands().map(({ command }) => command)).toMatchObject([
    { id, log: conversation, body: { case: "join", value: { secret } } },
  ]);
  fixture.server.tell({
    case: "answers",
    value: {
      answers: [
        {
          id,
          outcome: {
            case: "verdict",
            value: {
              log: conversation,
              outcome: { case: "rejected", value: { code: RejectionCode.INVITE_ENDED, reason: "over" } },
            },
          },
        },
      ],
    },
  });
  await fixture.clock.advance(200);
  expect(fixture.engine.outbox.get().groups).toMatchObject([
    { id: conversation, items: [{ id, what: { kind: "join" }, state: { code: RejectionCode.INVITE_ENDED } }] },
  ]);
  expect(fixture.engine.conversations.get().conversations).toEqual([]);
  await expect(fixture.engine.join(newId(), "no code")).rejects.toMatchObject({ code: "invalid" });
});

test("[INV6] who asks to join is shown to who may decide, and is gone at once when answered", async () => {
  const { fixture, log } = await inGroup(1);
  const timeline = fixture.engine.openTimeline(group);
  await settled();
  const [made, stranger] = [newId(), newId()];
  const hash = new Uint8Array(32);
  const value = { invite: made, inviter: you, userName: "kim", displayName: "Kim" };
  for (const event of [
    log.add(you, { case: "inviteMade", value: { secretHash: hash, needsApproval: true } }, made),
    log.add(stranger, { case: "joinRequested", value }),
  ]) {
    fixture.server.tell({ case: "event", value: { event } });
  }
  await settled();
  const waiting = () => fixture.engine.conversations.get().conversations[0]?.joinRequests;
  const shown = () => timeline.get().joinRequests;
  expect(shown()).toMatchObject([{ account: stranger, userName: "kim", displayName: "Kim", inviterName: "You" }]);
  expect([waiting(), timeline.get().invites[0]?.uses]).toEqual([1, 1]);
  await fixture.engine.answerJoin(newId(), group, stranger, true);
  await settled();
  expect([shown(), waiting()]).toEqual([[], undefined]);
  await fixture.reject(RejectionCode.MEMBERS_FULL, "full");
  expect(shown()).toHaveLength(1);
  const letIn = log.add(you, { case: "memberLetIn", value: { account: stranger, inviter: you } });
  const profiles = [{ account: stranger, userName: "kim", displayName: "Kim", rev: 1 }];
  fixture.server.tell({ case: "event", value: { event: letIn, profiles } });
  await settled();
  expect([shown(), timeline.get().members.map(({ displayName }) => displayName)]).toEqual([[], ["Kim", "Me", "You"]]);
  expect(timeline.get().rows.at(-1)).toMatchObject({ what: { kind: "member-let-in", name: "Kim", isMe: false } });
});
