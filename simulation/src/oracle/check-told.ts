import type { MarkSummary, MemberMark, Presence, ReceiptsResponse, ServerFrame } from "@parley/protocol";
import type { Secrets } from "./secrets.ts";
import type { Violation } from "./violation.ts";

/** Judges what leaves the server for a device of `viewer`: nobody is told what another keeps to itself, nor of others what it keeps itself. */
export function checkTold(secrets: Secrets, viewer: string, { frame }: ServerFrame): Violation[] {
  switch (frame.case) {
    case "registers":
      return [
        ...frame.value.memberMarks.flatMap((mark) => checkMark(secrets, viewer, mark)),
        ...frame.value.markSummaries.flatMap((summary) => checkSummary(secrets, viewer, summary)),
      ];
    case "reset":
      return frame.value.marks.flatMap((mark) => checkMark(secrets, viewer, mark));
    case "signals":
      return frame.value.presence.flatMap((presence) => checkPresence(secrets, viewer, presence));
    case "response": {
      const { answer } = frame.value;
      return answer.case === "reset" ? answer.value.marks.flatMap((mark) => checkMark(secrets, viewer, mark)) : [];
    }
    default:
      return [];
  }
}

/** Who received and read a message: of whom it is said that they have read it. */
export function checkReceipts(
  secrets: Secrets,
  viewer: string,
  { conversation, ordinal }: { readonly conversation: string; readonly ordinal: number },
  { receipts }: ReceiptsResponse,
): Violation[] {
  const readers = receipts.filter(({ read }) => read);
  return readers.flatMap(({ account }) => checkMark(secrets, viewer, { conversation, account, read: ordinal }));
}

/** What the store says of how far others are told that an account has read. */
export function checkShown(secrets: Secrets, account: string, conversation: string, shown: number): Violation[] {
  if (secrets.mayShow(account, conversation, shown)) return [];
  const tellable = secrets.tellable(account, conversation);
  const detail = `others would be told that ${account} has read ${conversation} up to ${shown}, which may tell no more than ${tellable}`;
  return [{ rule: "MRK7", detail }];
}

function checkMark(
  secrets: Secrets,
  viewer: string,
  { account, conversation, read }: Pick<MemberMark, "account" | "conversation" | "read">,
): Violation[] {
  const where = `${viewer} is told that ${account} has read ${conversation} up to ${read}`;
  if (read > 0 && secrets.hides(viewer, "hidesReads")) {
    return [{ rule: "MRK7", detail: `${where}, and hides what it reads itself` }];
  }
  if (secrets.mayShow(account, conversation, read)) return [];
  return [{ rule: "MRK7", detail: `${where}, and may be no more than ${secrets.tellable(account, conversation)}` }];
}

function checkSummary(secrets: Secrets, viewer: string, { conversation, readByAll, latestRead }: MarkSummary) {
  if ((readByAll === 0 && latestRead === 0) || !secrets.hides(viewer, "hidesReads")) return [];
  const detail = `${viewer} is told how many have read ${conversation}, and hides what it reads itself`;
  return [{ rule: "MRK7", detail }];
}

function checkPresence(secrets: Secrets, viewer: string, { account, online, lastSeen }: Presence): Violation[] {
  if (!online && lastSeen === 0) return [];
  const who = [account, viewer].find((each) => secrets.hides(each, "hidesPresence"));
  if (who === undefined) return [];
  return [{ rule: "SIG2", detail: `${viewer} is told that ${account} is or was online, and ${who} hides that` }];
}
