import { limits, notesConversationId, RejectionCode, Role } from "@parley/protocol";
import {
  addMembers,
  ensureNotes,
  expectAccepted,
  expectRejected,
  leave,
  removeMembers,
  setDescription,
  setRole,
  setTitle,
} from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { entryOf, pair } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

const { OWNER, ADMIN, MEMBER } = Role;
const { NOT_ALLOWED, NOT_FOUND, INVALID, LAST_OWNER } = RejectionCode;

/** The members of a group who are there, as the server tells them. */
async function rolesOf(device: RawDevice, log: string): Promise<ReadonlyMap<string, Role>> {
  const answer = await device.ask({ case: "changes", value: { conversation: log } });
  const members = answer.case === "reset" ? (answer.value.state?.members ?? []) : [];
  return new Map(members.filter(({ present }) => present).map(({ account, role }) => [account, role]));
}

/** Who may do what in a group, and what it is about. */
export const roleCases: readonly ConformanceCase[] = [
  {
    title: "[RIGHTS1] [ROLE1] owners and admins give roles as the table says, and everybody is told",
    async run(session) {
      const { device, other, log, ana, ben } = await pair(session);
      const cem = await session.person();
      expectAccepted((await device.submit([addMembers(log, [cem.account])]))[0]);
      expectRejected((await other.submit([setRole(log, cem.account, ADMIN)]))[0], NOT_ALLOWED);
      const promotion = setRole(log, ben.account, ADMIN);
      expectAccepted((await device.submit([promotion]))[0]);
      const { event } = await other.expect("event", (frame) => frame.event?.id === promotion.id);
      expectMatch(event?.body, { case: "roleSet", value: { account: ben.account, role: ADMIN } }, "the event");
      expectMatch(
        (await entryOf(other, log, promotion.id))?.body,
        { case: "system", value: { what: { case: "roleSet", value: { account: ben.account, role: ADMIN } } } },
        "its entry",
      );
      const answers = await other.submit([
        setRole(log, cem.account, ADMIN),
        setRole(log, cem.account, OWNER),
        setRole(log, ana.account, MEMBER),
        removeMembers(log, [ana.account]),
        setRole(log, cem.account, MEMBER),
        removeMembers(log, [cem.account]),
      ]);
      const [made, owner, dethroned, removed, taken, gone] = answers;
      for (const each of [made, taken, gone]) expectAccepted(each);
      for (const each of [owner, dethroned, removed]) expectRejected(each, NOT_ALLOWED);
      expectEqual(
        await rolesOf(device, log),
        new Map([
          [ana.account, OWNER],
          [ben.account, ADMIN],
        ]),
        "the roles",
      );
    },
  },
  {
    title: "[ROLE1] a role that somebody has is given without effect; who is no member has none",
    async run(session) {
      const { device, other, log, ben } = await pair(session);
      const again = setRole(log, ben.account, MEMBER);
      expectAccepted((await device.submit([again]))[0]);
      const { event } = await other.expect("event", (frame) => frame.event?.id === again.id);
      expectMatch(event?.body, { case: "noEffect" }, "the event");
      expectRejected((await device.submit([setRole(log, freshId(), ADMIN)]))[0], NOT_FOUND);
      expectRejected((await device.submit([setRole(log, "", ADMIN)]))[0], INVALID);
      expectRejected((await device.submit([setRole(log, ben.account, Role.UNSPECIFIED)]))[0], INVALID);
      expectAccepted((await other.submit([leave(log)]))[0]);
      expectRejected((await device.submit([setRole(log, ben.account, ADMIN)]))[0], NOT_FOUND);
    },
  },
  {
    title: "[ROLE2] a group is handed over by making another member an owner, and never without one",
    async run(session) {
      const { device, other, log, ana, ben } = await pair(session);
      expectRejected((await device.submit([setRole(log, ana.account, MEMBER)]))[0], LAST_OWNER);
      const handOver = [setRole(log, ben.account, OWNER), setRole(log, ana.account, ADMIN)];
      (await device.submit(handOver)).forEach(expectAccepted);
      expectRejected((await other.submit([setRole(log, ben.account, ADMIN)]))[0], LAST_OWNER);
      expectRejected((await device.submit([setRole(log, ana.account, OWNER)]))[0], NOT_ALLOWED);
    },
  },
  {
    title: "[MEMBERS3] when the last owner leaves, an admin becomes owner before those who stood longer",
    async run(session) {
      const { device, other, log, ben } = await pair(session);
      const cem = await session.person();
      const changes = [addMembers(log, [cem.account]), setRole(log, cem.account, ADMIN), leave(log)];
      (await device.submit(changes)).forEach(expectAccepted);
      const roles = await rolesOf(other, log);
      expectEqual([roles.get(cem.account), roles.get(ben.account)], [OWNER, MEMBER], "the roles");
    },
  },
  {
    title: "[DESCRIPTION1] members say what a group is about, in up to 2,000 characters, or no more",
    async run(session) {
      const { device, other, log } = await pair(session);
      const change = setDescription(log, "Where we talk about tea.\nWednesdays at five.");
      expectAccepted((await other.submit([change]))[0]);
      const told = { case: "descriptionSet", value: { description: "Where we talk about tea.\nWednesdays at five." } };
      const { event } = await device.expect("event", (frame) => frame.event?.id === change.id);
      expectMatch(event?.body, told, "the event");
      expectMatch(
        (await entryOf(device, log, change.id))?.body,
        { case: "system", value: { what: told } },
        "its entry",
      );
      const answer = await device.ask({ case: "changes", value: { conversation: log } });
      expectMatch(answer, { case: "reset", value: { state: told.value } }, "the state");
      expectAccepted((await device.submit([setDescription(log, "")]))[0]);
      const state = (await device.ask({ case: "changes", value: { conversation: log } })).value;
      expectMatch(state, { state: { description: "" } }, "the state without one");
    },
  },
  {
    title: "[LIMIT32] a description of 2,000 characters is accepted, one more is INVALID",
    async run(session) {
      const device = await session.online(await session.person());
      const log = await session.group(device, []);
      const full = "d".repeat(limits.descriptionCharacters);
      expectAccepted((await device.submit([setDescription(log, full)]))[0]);
      expectRejected((await device.submit([setDescription(log, `${full}d`)]))[0], INVALID);
    },
  },
  {
    title: "[RIGHTS1] only groups have roles and descriptions",
    async run(session) {
      const person = await session.person();
      const device = await session.online(person);
      const log = notesConversationId(person.account);
      await device.submit([ensureNotes(log)]);
      for (const each of [setRole(log, person.account, ADMIN), setDescription(log, "Mine"), setTitle(log, "Mine")]) {
        expectRejected((await device.submit([each]))[0], NOT_ALLOWED);
      }
    },
  },
];
