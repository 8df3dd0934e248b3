import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type ConversationView,
  emptyTimeline,
  type MemberView,
  type MessageRow,
  type ReminderItem,
  type ScheduledItem,
  type TimelineRow,
  type TimelineView,
} from "@parley/client";
import { isVisible, presentMembers } from "@parley/log";
import {
  type Answer,
  AnswerSchema,
  type Command,
  CommandSchema,
  type Conversation,
  ConversationKind,
  type ConversationStatus,
  ConversationStatusSchema,
  Encryption,
  type Entry,
  type Event,
  HistoryPolicy,
  type MarkUpdate,
  type MemberMark,
  type Page,
  PageSchema,
  type ReadState,
  Role,
  type SkipSchema,
} from "@parley/protocol";
import { type LogHistory, TypedCommands } from "@parley/simulation/oracle";
import type { History, Sighting, StoredAccount, Told } from "../history/history.ts";
import { truthOf } from "./truth-of.ts";

type Body = NonNullable<MessageInitShape<typeof CommandSchema>["body"]>;

/** The one conversation of a sample. */
export const log = sampleId(0xfff);

/** What people did in one group, written by hand, and what an honest server and honest devices would have shown of it: the ground for planting faults. */
export class SampleHistory {
  readonly answers: Told[] = [];
  readonly devices: SampleDevice[];
  readonly accounts: readonly string[];
  readonly names: ReadonlyMap<string, string>;
  readonly stored: Event[] = [];
  readonly kept: StoredAccount[] = [];
  #last = 0;

  constructor(...accounts: readonly string[]) {
    this.accounts = accounts;
    this.names = new Map(accounts.map((account) => [account, account]));
    this.devices = accounts.map((account) => new SampleDevice(account));
  }

  begin(author: string, ...members: readonly string[]): string {
    const kind = ConversationKind.GROUP;
    const parameters = { encryption: Encryption.NONE, history: HistoryPolicy.SINCE_JOINED, title: "Sample" };
    return this.do(author, { case: "create", value: { kind, ...parameters, members: [...members] } });
  }

  post(author: string, text: string): string {
    return this.do(author, { case: "post", value: { content: plain(text) } }, { text });
  }

  edit(author: string, target: string, text: string): string {
    return this.do(author, { case: "edit", value: { target, content: plain(text) } }, { text, target });
  }

  remove(author: string, target: string): string {
    return this.do(author, { case: "delete", value: { target } }, { target });
  }

  expel(author: string, account: string): string {
    return this.do(author, { case: "removeMembers", value: { accounts: [account] } });
  }

  /** A command is typed, submitted, and accepted with the next seq. */
  do(author: string, body: Body, { text, target }: { text?: string; target?: string } = {}): string {
    this.#last += 1;
    const id = sampleId(this.#last);
    const device = this.device(author);
    const command = create(CommandSchema, { id, log, body });
    device.submitted.push(command);
    device.typed.add({ id, log, kind: body.case ?? "", text, target, durable: true, discarded: false });
    this.accept(author, id, this.#last);
    return id;
  }

  /** The same in the log of the author's account. */
  set(author: string, body: Body, seq: number): string {
    const id = sampleId(0xf00 + seq);
    this.device(author).submitted.push(create(CommandSchema, { id, log: author, body }));
    this.answers.push({ account: author, answer: acceptedAs(id, seq, author) });
    return id;
  }

  accept(account: string, id: string, seq: number): void {
    this.answers.push({ account, answer: acceptedAs(id, seq) });
  }

  device(account: string): SampleDevice {
    const device = this.devices.find((candidate) => candidate.account === account);
    if (device === undefined) throw new Error(`The sample has no ${account}.`);
    return device;
  }

  /** With all that honest ones would have shown. */
  observed(): ObservedSample {
    const history = truthOf({ ...this, readings: [] }).ledger.log(log);
    for (const device of this.devices) device.observe(history);
    return { ...this, device: (of) => this.device(of), readings: this.accounts.map((of) => readingOf(of, history)) };
  }
}

interface ObservedSample extends History {
  readonly answers: Told[];
  readonly readings: SampleReading[];
  readonly stored: Event[];
  readonly kept: StoredAccount[];
  device(account: string): SampleDevice;
}

interface SampleReading {
  readonly account: string;
  readonly statuses: ConversationStatus[];
  readonly states: Conversation[];
  readonly pages: Page[];
  readonly refused: Set<string>;
}

class SampleDevice {
  readonly name: string;
  readonly account: string;
  readonly typed = new TypedCommands();
  readonly submitted: Command[] = [];
  readonly marked: MarkUpdate[] = [];
  readonly events: Event[] = [];
  readonly readStates: ReadState[] = [];
  readonly memberMarks: MemberMark[] = [];
  readonly sightings: Sighting[] = [];
  readonly listed: ConversationView[] = [];
  readonly screens: TimelineView[] = [];
  readonly rejected = new Set<string>();
  saved = 0;
  readonly scheduled: ScheduledItem[] = [];
  readonly reminders: ReminderItem[] = [];
  readonly blocked: string[] = [];

  constructor(account: string) {
    this.name = `the device of ${account}`;
    this.account = account;
  }

  get connections() {
    return [{ ...this, closeCode: undefined }];
  }

  get atRest() {
    return this;
  }

  observe(history: LogHistory): void {
    const intervals = history.intervals(this.account);
    if (intervals.length === 0) return;
    this.events.push(...history.events.filter(({ seq }) => isVisible(intervals, seq)));
    const entries = seenBy(this.account, history);
    const rows = entries.map((entry) => rowOf(entry, this.account));
    const state = history.stateAt(history.viewerHead(this.account));
    this.screens.push(viewOf(rows, history.visibleEntryHead(this.account, history.head), membersOf(state)));
    const unread = history.unread(this.account, 0, history.viewerHead(this.account));
    this.listed.push(listedAs(unread, history.isPresent(this.account), previewOf(entries.at(-1))));
  }
}

function readingOf(account: string, history: LogHistory): SampleReading {
  const head = history.viewerHead(account);
  const state = history.stateAt(head);
  if (head === 0 || state === undefined) {
    return { account, statuses: [], states: [], pages: [], refused: new Set([log]) };
  }
  const entryHead = history.visibleEntryHead(account, head);
  const entries = seenBy(account, history);
  const status = create(ConversationStatusSchema, {
    head: { conversation: log, seq: head },
    entryHead,
    read: { conversation: log, unread: history.unread(account, 0, head), asOf: head },
  });
  const skips: MessageInitShape<typeof SkipSchema>[] = [];
  for (let ordinal = 1; ordinal <= entryHead; ordinal++) {
    if (!entries.some((entry) => entry.ordinal === ordinal)) skips.push({ fromOrdinal: ordinal, toOrdinal: ordinal });
  }
  const page = { conversation: log, asOf: head, fromOrdinal: 1, toOrdinal: entryHead, entryHead, entries, skips };
  return { account, statuses: [status], states: [state], pages: [create(PageSchema, page)], refused: new Set() };
}

function seenBy(account: string, history: LogHistory): Entry[] {
  return history.allSeen(account, history.viewerHead(account));
}

const roles: Readonly<Record<Role, MemberView["role"]>> = {
  [Role.UNSPECIFIED]: "member",
  [Role.OWNER]: "owner",
  [Role.ADMIN]: "admin",
  [Role.MEMBER]: "member",
};

function membersOf(state: Conversation | undefined): MemberView[] {
  const rights = { removable: false, otherRoles: [] };
  return (state === undefined ? [] : presentMembers(state)).map(({ account, role }) => {
    return { account, userName: account, displayName: account, online: false, role: roles[role], ...rights };
  });
}

function viewOf(rows: readonly TimelineRow[], entryHead: number, members: readonly MemberView[]): TimelineView {
  return {
    ...emptyTimeline(log),
    members,
    loaded: true,
    rows,
    atOldest: true,
    atNewest: true,
    entryHead,
    head: entryHead,
  };
}

function listedAs(unread: number, writable: boolean, newest: ConversationView["newest"]): ConversationView {
  const parts = { id: log, title: "Sample", people: [], memberCount: 0, at: 0, typing: [], draft: "", mentions: 0 };
  const preferences = { pinned: false, mutedUntil: 0, archived: false };
  return { ...parts, ...preferences, kind: "group", writable, unread, newest };
}

function previewOf(entry: Entry | undefined): ConversationView["newest"] {
  if (entry === undefined) return undefined;
  const shared = { author: entry.author, authorName: entry.author, mine: false, status: undefined, what: undefined };
  if (entry.body.case !== "message") return { ...shared, kind: "system", text: "" };
  const body = bodyOf(entry);
  return body.kind === "text"
    ? { ...shared, kind: "message", text: body.text }
    : { ...shared, kind: body.kind, text: "" };
}

function rowOf(entry: Entry, viewer: string): TimelineRow {
  const { id, ordinal, author } = entry;
  const shared = { id, ordinal, at: 0, mine: author === viewer };
  if (entry.body.case !== "message") {
    return { ...shared, kind: "system", actorName: author, what: { kind: "created", title: "Sample" } };
  }
  return {
    ...shared,
    kind: "message",
    author,
    authorName: author,
    body: bodyOf(entry),
    reactions: [],
    status: undefined,
  };
}

function bodyOf({ body }: Entry): MessageRow["body"] {
  const state = body.case === "message" ? body.value.state : undefined;
  if (state?.case === "deleted") return { kind: "deleted" };
  if (state?.case !== "content" || state.value.form.case !== "plain") return { kind: "withheld" };
  return { kind: "text", text: state.value.form.value.text, edited: false };
}

export function acceptedAs(id: string, seq: number, of = log): Answer {
  const outcome = { case: "accepted", value: { seq, receivedAt: seq } } as const;
  return create(AnswerSchema, { id, outcome: { case: "verdict", value: { log: of, outcome } } });
}

function plain(text: string) {
  return { form: { case: "plain", value: { text } } } as const;
}

export function sampleId(number: number): string {
  return `00000000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;
}
