import { InviteStanding, limits, RejectionCode } from "@parley/protocol";
import { createGroup, edit, expectAccepted, expectRejected, join, makeInvite, post } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectThat } from "../kit/expectation.ts";
import { freshSecret } from "../kit/ids.ts";
import type { RawDevice } from "../kit/raw-device.ts";
import { messageRequestCases } from "./message-request-cases.ts";
import { withOwnServer } from "./own-server.ts";

async function beginGroup(owner: RawDevice, members: readonly string[], secret: Uint8Array, needsApproval: boolean) {
  const creation = createGroup(members);
  const invite = makeInvite(creation.log, secret, { needsApproval });
  (await owner.submit([creation, invite])).forEach(expectAccepted);
  return creation.log;
}

/** What takes a server with many accounts, or one that is told something: only for who may start one. */
export const ownServerCases: readonly ConformanceCase[] = [
  {
    title: "[INVITE4] a link to a group that is full says so",
    run: (session) =>
      withOwnServer(session, limits.membersPerGroup + 1, {}, async ({ accounts, online }) => {
        const [owner, outsider] = [await online(0), await online(limits.membersPerGroup)];
        const secret = freshSecret();
        const conversation = await beginGroup(owner, accounts.slice(1, limits.membersPerGroup), secret, false);
        const answer = await outsider.ask({ case: "invite", value: { conversation, secret } });
        expectThat(answer.case === "invite", "what the link leads to", answer);
        expectEqual(answer.value.standing, InviteStanding.FULL, "its standing");
        expectRejected((await outsider.submit([join(conversation, secret)]))[0], RejectionCode.MEMBERS_FULL);
      }),
  },
  {
    title: "[ASKING1] one more than may wait is rejected",
    run: (session) =>
      withOwnServer(session, limits.joinRequestsPerGroup + 2, {}, async ({ online }) => {
        const secret = freshSecret();
        const log = await beginGroup(await online(0), [], secret, true);
        for (let asker = 1; asker <= limits.joinRequestsPerGroup; asker++) {
          expectAccepted((await (await online(asker)).submit([join(log, secret)]))[0]);
        }
        const late = await online(limits.joinRequestsPerGroup + 1);
        expectRejected((await late.submit([join(log, secret)]))[0], RejectionCode.JOIN_REQUESTS_FULL);
      }),
  },
  {
    title: "[EDIT1] a server that is told so lets no message be edited",
    run: (session) =>
      withOwnServer(session, 1, { PARLEY_EDIT_MINUTES: "0" }, async ({ online }) => {
        const device = await online(0);
        const creation = createGroup([]);
        const message = post(creation.log, "as it is");
        (await device.submit([creation, message])).forEach(expectAccepted);
        const late = edit(creation.log, message.id, "as it was not");
        expectRejected((await device.submit([late]))[0], RejectionCode.EDIT_TOO_LATE);
      }),
  },
  ...messageRequestCases,
];
