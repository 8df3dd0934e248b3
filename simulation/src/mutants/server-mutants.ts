import { create } from "@bufbuild/protobuf";
import { noPreferences } from "@parley/log";
import { type Entry, type Privacy, type ReportedMessage, ReportedMessageSchema, RequestAnswer } from "@parley/protocol";
import {
  type Collaborators,
  checkAuthority,
  checkId,
  checkLink,
  checks,
  defaultCollaborators,
  type LogReader,
  type LogTransaction,
  type PublishedEvent,
  type Sight,
  sight,
  type Transactor,
} from "@parley/server/parts";
import type { Syncing } from "../node/storage.ts";
import type { Mutant } from "./mutant.ts";
import { overriding } from "./overriding.ts";

/** The writer's parts in which a mutant differs from the product. */
export function mutatedCollaborators(mutant: Mutant | undefined, clock: { now(): number }): Partial<Collaborators> {
  switch (mutant) {
    case "dedupe off":
      return { checks: checks.filter((check) => check !== checkId) };
    case "link ignored":
      return { checks: checks.filter((check) => check !== checkLink) };
    case "authorisation before the id":
      return {
        checks: [checkAuthority, ...checks],
        recordRejection: async (attempt, refusal) => {
          const { command, ledger } = attempt;
          const known = await ledger.transaction.verdict(command.log, command.id);
          return known === undefined ? defaultCollaborators(clock).recordRejection(attempt, refusal) : undefined;
        },
      };
    case "verdict of a rejection forgotten":
      return { recordRejection: async () => undefined };
    case "follower cursor lost":
      // It believes to be done with what will happen next.
      return {
        keepCursor: (transaction, conversation, follower, done) =>
          transaction.putCursor(conversation, follower, done + 1),
      };
    case "mark unclamped":
      return { clampMarks: (marks) => marks };
    case "content sent to a late joiner":
      return { carriesEdit: () => true };
    case "threads followed by nobody whom they mention":
      return { mentionedAnew: () => [] };
    default:
      return {};
  }
}

export function mutatedSight(mutant: Mutant | undefined): Sight {
  if (mutant === "pictures given to who has left") {
    return { ...sight, pictureSeenBy: ({ conversation }) => conversation.picture };
  }
  if (mutant !== "visibility ignored") return sight;
  const everything = [{ $typeName: "parley.v1.Interval" as const, from: 1, to: 0, fromOrdinal: 1, toOrdinal: 0 }];
  return {
    ...sight,
    viewpointOf: (membership) => ({ ...sight.viewpointOf(membership), intervals: everything }),
    asSeenBy: (_, entry) => entry,
  };
}

const LAST_ORDINAL = 0xffff_ffff;
const DAY_MS = 24 * 3_600_000;

export function mutatedTransactor(
  mutant: Mutant | undefined,
  transactor: Transactor,
  clock: { now(): number },
): Transactor {
  const overrides = overridesOf(mutant, clock);
  if (overrides === undefined) return transactor;
  return {
    write: (work) => transactor.write((transaction) => work(overriding(transaction, overrides(transaction)))),
    close: () => transactor.close(),
  };
}

type Overrides = (transaction: LogTransaction) => Partial<LogTransaction>;

function overridesOf(mutant: Mutant | undefined, clock: { now(): number }): Overrides | undefined {
  switch (mutant) {
    case "authorisation from cache only":
      return cachedMembers();
    case "dedupe off":
      return acceptAgain;
    case "verdicts kept for a day":
      return (transaction) => ({
        ...acceptAgain(transaction),
        verdict: async (log, id) => {
          const verdict = await transaction.verdict(log, id);
          const isOld = verdict?.kind === "accepted" && verdict.receivedAt < clock.now() - DAY_MS;
          return isOld ? undefined : verdict;
        },
      });
    case "new role not stored":
      return (transaction) => ({
        putMember: async (conversation, member) => {
          const { role = member.role } = (await transaction.member(conversation, member.account)) ?? {};
          await transaction.putMember(conversation, { ...member, role });
        },
      });
    case "uses of links not stored":
      return (transaction) => ({
        putConversation: (conversation) => {
          const invites = conversation.invites.map((invite) => ({ ...invite, uses: 0 }));
          return transaction.putConversation({ ...conversation, invites });
        },
      });
    case "timers not stored":
      return (transaction) => ({
        putConversation: (conversation) => transaction.putConversation({ ...conversation, timerSeconds: 0 }),
      });
    case "pictures not named":
      return (transaction) => ({
        putConversation: (conversation) => transaction.putConversation({ ...conversation, picture: "" }),
      });
    case "replaced pictures left on the server":
      return (transaction) => ({
        putPicture: async (conversation, bytes) => {
          if ((await transaction.picture(conversation)) === undefined)
            await transaction.putPicture(conversation, bytes);
        },
      });
    case "reading that begins nothing":
      return () => ({ unreadExpiries: async () => [] });
    case "ends of messages not noted":
      return (transaction) => ({
        putDue: async (due) => (due.kind === "expiry" ? undefined : transaction.putDue(due)),
      });
    case "revoked links left as they were":
      return (transaction) => ({
        putConversation: (conversation) => {
          const invites = conversation.invites.map((invite) => ({ ...invite, revoked: false }));
          return transaction.putConversation({ ...conversation, invites });
        },
      });
    case "ended requests left waiting":
      return (transaction) => ({
        putConversation: async (conversation) => {
          const before = (await transaction.conversation(conversation.id))?.joinRequests ?? [];
          const known = new Set(conversation.joinRequests.map(({ account }) => account));
          const joinRequests = [...before.filter(({ account }) => !known.has(account)), ...conversation.joinRequests];
          await transaction.putConversation({ ...conversation, joinRequests });
        },
      });
    case "reminders left at their time":
      // Its row says for ever that it is to come.
      return (transaction) => ({
        putReminder: (account, seq, reminder) => transaction.putReminder(account, seq, { ...reminder, due: false }),
      });
    case "reminders outliving their message":
      return () => ({ remindedOf: async () => [] });
    case "versions outliving their message":
      return () => ({ forgetVersions: async () => undefined });
    case "reports not stored":
      return () => ({ addReport: async () => undefined });
    case "reports telling what is out of sight":
      return (transaction) => ({
        addReport: async (report) => {
          const all = await transaction.entries(report.conversation, 1, LAST_ORDINAL);
          const known = new Set(report.messages.map(({ id }) => id));
          const others = all.flatMap(({ entry }) => (known.has(entry.id) ? [] : contextOf(entry)));
          await transaction.addReport({ ...report, messages: [...report.messages, ...others] });
        },
      });
    case "threads seen from their beginning":
      return () => ({ firstUnder: async () => 1 });
    case "deleted replies counted on":
      return (transaction) => ({
        threadSummary: async (thread) => {
          const summary = await transaction.threadSummary(thread);
          return { ...summary, replies: summary.replies + 1 };
        },
      });
    case "replies told to no root":
      return (transaction) => ({
        changeEntry: (before, after) => transaction.changeEntry(before, withoutThread(after)),
      });
    case "threads followed on by who parts":
      return () => ({ following: async () => [] });
    case "partings left unfinished":
      return (transaction) => ({
        putDue: async (due) => (due.kind === "parting" ? undefined : transaction.putDue(due)),
      });
    case "mentions outliving their message":
      // The store does not know whom it has to forget.
      return (transaction) => ({
        changeEntry: (before, after) => transaction.changeEntry(namingNobody(before), after),
      });
    case "pins never ended in the table":
      return (transaction) => ({
        putConversation: async (conversation) => {
          const before = (await transaction.conversation(conversation.id))?.pinnedMessages ?? [];
          const pinnedMessages = [...new Set([...before, ...conversation.pinnedMessages])];
          await transaction.putConversation({ ...conversation, pinnedMessages });
        },
      });
    case "blocked people written to":
      return (transaction) => ({
        member: async (conversation, account) => unblocking(await transaction.member(conversation, account)),
      });
    case "marks passing a block":
      return (transaction) => ({
        membership: async (account, conversation) => {
          const membership = await transaction.membership(account, conversation);
          return membership && { ...membership, member: unblocking(membership.member) };
        },
      });
    case "what came meanwhile shown after a block":
      return () => ({ putHidden: async () => undefined });
    case "strangers brought into groups":
      return () => ({ sharesGroup: async () => true });
    case "requests accepted by nobody":
      return (transaction) => ({
        preference: async (account, conversation) => {
          const known = (await transaction.preference(account, conversation)) ?? noPreferences;
          return { ...known, requestAnswer: RequestAnswer.ACCEPTED };
        },
      });
    case "answers to requests not stored":
      return (transaction) => ({
        putPreference: (account, conversation, preferences) =>
          transaction.putPreference(account, conversation, {
            ...preferences,
            requestAnswer: RequestAnswer.UNSPECIFIED,
          }),
      });
    case "marked as unread for good":
      return (transaction) => ({
        putPreference: async (account, conversation, preferences) => {
          const { markedUnread = false } = (await transaction.preference(account, conversation)) ?? {};
          const kept = { ...preferences, markedUnread: markedUnread || preferences.markedUnread };
          await transaction.putPreference(account, conversation, kept);
        },
      });
    case "requests left as they were answered":
      return (transaction) => ({
        putConversation: async (conversation) => {
          const { request = conversation.request } = (await transaction.conversation(conversation.id)) ?? {};
          await transaction.putConversation({ ...conversation, request });
        },
      });
    case "hidden read told":
      // To what marks are merged with, nobody hides anything.
      return (transaction) => ({
        privacy: async (account) => ({ ...(await transaction.privacy(account)), hidesReads: false }),
      });
    default:
      return undefined;
  }
}

/** As context of a report. */
function contextOf({ id, ordinal, author, body }: Entry): ReportedMessage[] {
  if (body.case !== "message" || body.value.state.case !== "content") return [];
  return [create(ReportedMessageSchema, { id, ordinal, author, content: body.value.state.value })];
}

function unblocking<Member extends Awaited<ReturnType<LogTransaction["member"]>>>(member: Member): Member {
  return member && { ...member, blockedAfter: undefined };
}

/** As if nothing had been written below it. */
function withoutThread(entry: Entry): Entry {
  if (entry.body.case !== "message") return entry;
  const { thread: _, ...message } = entry.body.value;
  return { ...entry, body: { case: "message", value: message } };
}

function namingNobody(entry: Entry): Entry {
  if (entry.body.case !== "message") return entry;
  const { envelope: _, ...message } = entry.body.value;
  return { ...entry, body: { case: "message", value: message } };
}

/** Nor does the table notice. */
const acceptAgain: Overrides = (transaction) => ({
  accept: async (log, id, seq) => {
    if ((await transaction.verdict(log, id)) === undefined) await transaction.accept(log, id, seq);
  },
});

/** Whoever was a member once stays one in memory. */
function cachedMembers(): Overrides {
  const cache = new Map<string, Awaited<ReturnType<LogTransaction["member"]>>>();
  return (transaction) => ({
    member: async (conversation, account) => {
      const key = `${conversation} ${account}`;
      const known = cache.get(key);
      if (known?.present === true) return known;
      const member = await transaction.member(conversation, account);
      cache.set(key, member);
      return member;
    },
  });
}

/** What the hub is told of events, of which its rooms make what they know. */
export function mutatedPublication(mutant: Mutant | undefined, events: readonly PublishedEvent[]) {
  if (mutant === "parting forgotten by rooms") return events.map((event) => ({ ...event, parted: [] }));
  if (mutant === "erasure forgotten by tallies") return events.map((event) => ({ ...event, touched: 0 }));
  return events;
}

/** What the hub reads by itself. */
export function mutatedHubReader(mutant: Mutant | undefined, reader: LogReader): LogReader {
  switch (mutant) {
    case "blocks from before the start unknown to the hub":
      return overriding(reader, {
        attendance: async (account) => ({ ...(await reader.attendance(account)), blocked: [] }),
        lastSeen: async (accounts) => (await reader.lastSeen(accounts)).map((seen) => ({ ...seen, blocked: [] })),
      });
    case "requests that wait unknown to the hub":
      return overriding(reader, {
        rooms: async (ids) => (await reader.rooms(ids)).map((room) => room && { ...room, waitsFor: undefined }),
      });
    default:
      return reader;
  }
}

/** What the hub hears of what an account keeps to itself; of what it does not hear it goes on to tell. */
export function mutatedPrivacy(mutant: Mutant | undefined, privacy: Privacy): Privacy {
  if (mutant === "read told to who hides it") return { ...privacy, hidesReads: false };
  if (mutant === "hidden presence told") return { ...privacy, hidesPresence: false };
  return privacy;
}

export function mutatedSyncing(mutant: Mutant | undefined): Syncing {
  return mutant === "acknowledgement before sync" ? "lazy" : "at commit";
}
