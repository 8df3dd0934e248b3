import { notesConversationId, RejectionCode, Role } from "@parley/protocol";
import {
  addMembers,
  ensureNotes,
  expectAccepted,
  expectRejected,
  leave,
  removeMembers,
  setTitle,
} from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectMatch } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { pair } from "../kit/pair.ts";

/** Commands about a group: its members and its title. */
export const memberCases: readonly ConformanceCase[] = [
  {
    title:
      "[MEMBERS1] [EVENT3] members add others; who is there is skipped, and the event brings the profiles of who came",
    async run(session) {
      const { device, other, log, ana } = await pair(session);
      const cem = await session.person();
      const addition = addMembers(log, [ana.account, cem.account, cem.account]);
      expectAccepted((await other.submit([addition]))[0]);
      const { event, profiles } = await device.expect("event", (frame) => frame.event?.id === addition.id);
      expectMatch(event?.body, { case: "membersAdded", value: { accounts: [cem.account] } }, "the event");
      expectMatch(
        profiles,
        [{ account: cem.account, userName: cem.userName, displayName: cem.displayName }],
        "the profiles",
      );
      expectRejected((await device.submit([addMembers(log, [freshId()])]))[0], RejectionCode.NOT_FOUND);
      expectRejected((await device.submit([addMembers(log, [])]))[0], RejectionCode.INVALID);
    },
  },
  {
    title: "[MEMBERS2] owners remove members; members do not",
    async run(session) {
      const { device, other, log, ana, ben } = await pair(session);
      expectRejected((await other.submit([removeMembers(log, [ana.account])]))[0], RejectionCode.NOT_ALLOWED);
      const removal = removeMembers(log, [ben.account, freshId()]);
      expectAccepted((await device.submit([removal]))[0]);
      const { event } = await device.expect("event", (frame) => frame.event?.id === removal.id);
      expectMatch(event?.body, { case: "membersRemoved", value: { accounts: [ben.account] } }, "the event");
      const again = removeMembers(log, [ben.account]);
      expectAccepted((await device.submit([again]))[0]);
      expectMatch(
        (await device.expect("event", (frame) => frame.event?.id === again.id)).event?.body,
        { case: "noEffect" },
        "the second event",
      );
    },
  },
  {
    title: "[MEMBERS3] when the last owner leaves, the longest-standing member becomes owner",
    async run(session) {
      const { device, other, log, ana, ben } = await pair(session);
      const cem = await session.person();
      expectAccepted((await device.submit([addMembers(log, [cem.account])]))[0]);
      const departure = leave(log);
      expectAccepted((await device.submit([departure]))[0]);
      expectMatch(
        (await other.expect("event", (frame) => frame.event?.id === departure.id)).event,
        { author: ana.account, body: { case: "memberLeft" } },
        "the event",
      );
      const answer = await other.ask({ case: "changes", value: { conversation: log } });
      const members = answer.case === "reset" ? answer.value.state?.members : [];
      expectMatch(
        members?.find(({ account }) => account === ben.account),
        { role: Role.OWNER, present: true },
        "who stood longest",
      );
      expectMatch(
        members?.find(({ account }) => account === ana.account),
        { present: false },
        "who left",
      );
    },
  },
  {
    title: "[TITLE1] any member of a group sets its title",
    async run(session) {
      const { device, other, log } = await pair(session);
      const change = setTitle(log, "Coffee club");
      expectAccepted((await other.submit([change]))[0]);
      expectMatch(
        (await device.expect("event", (frame) => frame.event?.id === change.id)).event?.body,
        { case: "titleSet", value: { title: "Coffee club" } },
        "the event",
      );
      expectRejected((await other.submit([setTitle(log, "")]))[0], RejectionCode.INVALID);
    },
  },
  {
    title: "[MEMBERS1] [MEMBERS2] [MEMBERS3] [TITLE1] notes and direct conversations are not changed as groups are",
    async run(session) {
      const person = await session.person();
      const device = await session.online(person);
      const log = notesConversationId(person.account);
      expectAccepted((await device.submit([ensureNotes(log)]))[0]);
      for (const each of [
        addMembers(log, [person.account]),
        removeMembers(log, [person.account]),
        leave(log),
        setTitle(log, "Mine"),
      ]) {
        expectRejected((await device.submit([each]))[0], RejectionCode.NOT_ALLOWED);
      }
    },
  },
];
