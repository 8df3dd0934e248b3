import { expect, test } from "bun:test";
import { RejectionCode, Role } from "@parley/protocol";
import type { RoleName } from "../api/timeline-view.ts";
import { type EngineFixture, group, me, newId, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

async function setRole({ engine }: EngineFixture, account: string, role: RoleName): Promise<void> {
  await engine.setRole(newId(), group, account, role);
  await settled();
}

test("[GRP3] a role is shown at once, and the other's is what it was where that is rejected, which says why", async () => {
  const { fixture } = await inGroup(1);
  const timeline = fixture.engine.openTimeline(group);
  await settled();
  const roleOf = (account: string) => timeline.get().members.find((member) => member.account === account)?.role;
  await setRole(fixture, you, "admin");
  expect(roleOf(you)).toBe("admin");
  await fixture.reject(RejectionCode.NOT_ALLOWED, "no");
  expect(roleOf(you)).toBe("member");
  await fixture.clock.advance(200);
  expect(fixture.engine.outbox.get().groups[0]?.items).toMatchObject([
    { what: { kind: "role", role: "admin", name: "You" }, state: { kind: "failed", code: RejectionCode.NOT_ALLOWED } },
  ]);
});

test("[GRP3] what one may do follows one's role, and the last owner cannot step down", async () => {
  const { fixture, log } = await inGroup(1);
  const timeline = fixture.engine.openTimeline(group);
  await settled();
  const other = () => timeline.get().members.find(({ account }) => account === you);
  const self = () => timeline.get().members.find(({ account }) => account === me);
  expect(other()).toMatchObject({ role: "member", removable: true, otherRoles: ["owner", "admin"] });
  expect(self()).toMatchObject({ role: "owner", removable: false, otherRoles: [] });
  expect(timeline.get().rights).toMatchObject({ setDescription: true, deleteOthersMessages: true });
  await setRole(fixture, you, "owner");
  expect(self()?.otherRoles).toEqual(["admin", "member"]);
  await fixture.acceptAll(3);
  const tell = async (account: string, role: Role) => {
    fixture.server.tell({
      case: "event",
      value: { event: log.add(you, { case: "roleSet", value: { account, role } }) },
    });
    await settled();
  };
  await tell(you, Role.OWNER);
  await tell(me, Role.MEMBER);
  expect(other()).toMatchObject({ role: "owner", removable: false, otherRoles: [] });
  expect(timeline.get().rights).toMatchObject({ setDescription: true, deleteOthersMessages: false });
  expect(timeline.get().rows.at(-1)).toMatchObject({
    kind: "system",
    what: { kind: "role-set", role: "member", of: "viewer", name: "Me" },
  });
});

test("[GRP3] what a group is about is shown at once, and told", async () => {
  const { fixture, log } = await inGroup(1);
  const timeline = fixture.engine.openTimeline(group);
  await settled();
  await fixture.engine.setDescription(newId(), group, "Tea at five");
  await settled();
  expect(timeline.get().description).toBe("Tea at five");
  await expect(fixture.engine.setDescription(newId(), group, "x".repeat(2_001))).rejects.toMatchObject({
    code: "invalid",
  });
  const event = log.add(you, { case: "descriptionSet", value: { description: "" } });
  fixture.server.tell({ case: "event", value: { event } });
  await settled();
  expect(timeline.get().rows.at(-1)).toMatchObject({ what: { kind: "description-set", empty: true } });
});
