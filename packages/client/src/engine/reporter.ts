import { isVisible } from "@parley/log";
import type { Entry } from "@parley/protocol";
import type { ConnectionView } from "../api/connection-view.ts";
import type { ConversationListView, ConversationView } from "../api/conversation-list-view.ts";
import type { AccountView } from "../api/engine.ts";
import type { TimelineView } from "../api/timeline-view.ts";
import { clearedIn } from "../core/account-hidden.ts";
import { conversationView, membershipView, nameOf } from "../core/conversation-view.ts";
import { sightOf } from "../core/followed.ts";
import { nothingHeld } from "../core/held-conversation.ts";
import { holdUpOf } from "../core/hold-up.ts";
import { inviteViews, joinRequestViews, mayInvite } from "../core/invite-views.ts";
import { type PendingParts, pendingParts } from "../core/pending-parts.ts";
import { pinnedMessageViews } from "../core/pinned-message-views.ts";
import { type QuoteBasis, type QuoteTarget, quoteView } from "../core/quote.ts";
import { marksNow } from "../core/read-marks.ts";
import { shareStructure } from "../core/share-structure.ts";
import { timelineRows } from "../core/timeline-rows.ts";
import { typingIn } from "../core/typing-leases.ts";
import { isAtOldest } from "../core/window-plan.ts";
import type { StoredConversation } from "../ports/client-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Batch } from "./batch.ts";
import type { CorrectedTime } from "./corrected-time.ts";
import type { HiddenKeeper } from "./hidden.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { PreferenceKeeper } from "./preferences.ts";
import type { QuoteKeeper } from "./quotes.ts";
import type { ReminderKeeper } from "./reminders.ts";
import type { EngineRules } from "./rules.ts";
import type { SavedKeeper } from "./saved.ts";
import type { ScheduledKeeper } from "./scheduled.ts";
import { TellingPace } from "./telling-pace.ts";
import type { TimelineWindow } from "./timeline-window.ts";
import { Value } from "./value.ts";
import type { Windows } from "./windows.ts";

export interface ReporterParts {
  readonly model: Model;
  readonly outbox: Outbox;
  readonly windows: Windows;
  readonly quotes: QuoteKeeper;
  readonly preferences: PreferenceKeeper;
  readonly saved: SavedKeeper;
  readonly scheduled: ScheduledKeeper;
  readonly reminders: ReminderKeeper;
  readonly hidden: HiddenKeeper;
  readonly clock: Clock;
  readonly time: CorrectedTime;
  readonly rules: Pick<EngineRules, "leavesNoTrace" | "isFolded">;
  readonly account: AccountView;
  /** Makes an urgent batch after so many milliseconds. */
  readonly tellLater: (delayMs: number) => void;
}

const nobody: ReadonlySet<string> = new Set();

/** Makes views of the model after each commit. What did not change keeps its identity. */
export class Reporter {
  readonly account: Value<AccountView>;
  readonly connection = new Value<ConnectionView>({ kind: "starting" });
  readonly conversations = new Value<ConversationListView>({
    loaded: false,
    pending: 0,
    holdUp: undefined,
    conversations: [],
  });
  readonly #model: Model;
  readonly #outbox: Outbox;
  readonly #windows: Windows;
  readonly #quotes: QuoteKeeper;
  readonly #preferences: PreferenceKeeper;
  readonly #saved: SavedKeeper;
  readonly #scheduled: ScheduledKeeper;
  readonly #reminders: ReminderKeeper;
  readonly #hidden: HiddenKeeper;
  readonly #time: CorrectedTime;
  readonly #rules: ReporterParts["rules"];
  readonly #viewer: string;
  readonly #views = new Map<string, ConversationView>();
  /** What pending commands add, for list and window alike; of this batch. */
  readonly #parts = new Map<string, PendingParts>();

  readonly #pace: TellingPace;
  readonly #tellLater: (delayMs: number) => void;
  /** Conversations that changed since the views were told, and whether all may have. */
  readonly #touched = new Set<string>();
  #touchedAll = false;
  #willTell = false;

  constructor(parts: ReporterParts) {
    const { model, outbox, windows, quotes, preferences, saved, scheduled, reminders, hidden } = parts;
    const { clock, account, tellLater } = parts;
    this.#model = model;
    this.#outbox = outbox;
    this.#windows = windows;
    this.#quotes = quotes;
    this.#preferences = preferences;
    this.#saved = saved;
    this.#scheduled = scheduled;
    this.#reminders = reminders;
    this.#hidden = hidden;
    this.#time = parts.time;
    this.#rules = parts.rules;
    this.#viewer = account.account;
    this.#pace = new TellingPace(clock);
    this.#tellLater = tellLater;
    this.account = new Value(account);
  }

  /** Tells of a batch: at once where somebody waits for it or little happens, else together with what comes after it. */
  tell(batch: Batch, connection: ConnectionView): void {
    this.connection.set(shareStructure(this.connection.get(), connection));
    for (const id of batch.touched) this.#touched.add(id);
    this.#touchedAll ||= batch.touchedAll;
    if (batch.urgent) this.#willTell = false;
    if (!this.#touchedAll && this.#touched.size === 0) return;
    const rest = batch.urgent ? 0 : this.#pace.restMs;
    if (rest === 0) this.#pace.run(() => this.#tellTouched());
    else if (!this.#willTell) {
      this.#willTell = true;
      this.#tellLater(rest);
    }
  }

  #tellTouched(): void {
    this.#tellAccount();
    this.#parts.clear();
    for (const id of this.#touchedAll ? this.#known() : [...this.#touched]) {
      this.#look(id);
      // The root of a thread shows what becomes of it.
      const parent = this.#views.get(id)?.thread?.conversation;
      if (parent !== undefined) this.#touched.add(parent);
    }
    this.#tellList();
    for (const window of this.#windows.all) {
      if (this.#touchedAll || this.#isTouched(window.conversation)) this.#tellWindow(window);
    }
    this.#touched.clear();
    this.#touchedAll = false;
  }

  /** A thread shows who is in its parent. */
  #isTouched(id: string): boolean {
    return this.#touched.has(id) || this.#touched.has(this.#views.get(id)?.thread?.conversation ?? "");
  }

  #tellAccount(): void {
    const known = this.account.get();
    const { account, userName, displayName } = this.#model.profiles.get(this.#viewer) ?? known;
    const { privacy, lostReminders } = this.#model.meta;
    const hides = privacy && { hidesReads: privacy.hidesReads, hidesPresence: privacy.hidesPresence };
    const reminders = { reminders: this.#reminders.all, lostReminders };
    const others = { scheduled: this.#scheduled.all, blocked: this.#blocked(), leftOut: this.#leftOut(), ...reminders };
    const kept = { saved: this.#saved.summary, ...others };
    const view = { account, userName, displayName, privacy: hides, ...kept };
    this.account.set(shareStructure(this.account.get(), view));
  }

  #blocked(): AccountView["blocked"] {
    const { profiles } = this.#model;
    const people = this.#hidden.blocked.map(({ account, at }) => {
      return { account, userName: profiles.get(account)?.userName ?? "", displayName: nameOf(account, profiles), at };
    });
    return people.length === 0 ? undefined : people.reverse();
  }

  #leftOut(): AccountView["leftOut"] {
    const { meta, profiles, conversations } = this.#model;
    return meta.leftOut?.map(({ command, conversation, accounts }) => {
      const people = accounts.map((account) => ({ account, displayName: nameOf(account, profiles) }));
      const state = conversations.get(conversation)?.stored.state;
      return { id: command, conversation, people, mayInvite: state !== undefined && mayInvite(state, this.#viewer) };
    });
  }

  /** Conversations that the device holds or has begun. */
  #known(): Iterable<string> {
    return new Set([...this.#views.keys(), ...this.#model.conversations.keys(), ...this.#outbox.logs]);
  }

  #look(id: string): void {
    const conversation = this.#stored(id);
    const { state, failed, changes, posts } = this.#partsOf(conversation);
    if (state === undefined) {
      this.#views.delete(id);
      return;
    }
    const end = conversation.entryHead + posts.length;
    const { unlistedUpTo, blocked, cut } = this.#hidden.in(id);
    const view = conversationView({
      viewer: this.#viewer,
      conversation,
      state,
      failed,
      profiles: this.#model.profiles,
      online: this.#model.online,
      lastSeen: this.#model.lastSeen,
      typing: typingIn(this.#model.typing, id).filter((account) => account !== this.#viewer && !blocked.has(account)),
      blocked,
      cutAt: cut?.at,
      unread: this.#model.conversations.get(id)?.unread ?? 0,
      mentions: this.#model.conversations.get(id)?.mentions ?? 0,
      draft: this.#model.drafts.get(id) ?? "",
      begun: conversation.state !== undefined || this.#outbox.creationOf(id) !== undefined,
      parent: state.parent === "" ? undefined : this.#partsOf(this.#stored(state.parent)).state,
      newest: this.#hidden.newestOf(conversation),
      changes,
      posts,
      preferences: this.#preferences.shown(id, end),
      requestAnswer: this.#preferences.answerTo(id),
      unlisted: unlistedUpTo > 0 && end <= unlistedUpTo,
    });
    this.#views.set(id, shareStructure(this.#views.get(id), view));
  }

  /** The greatest ordinal of a conversation, with what waits to be posted. */
  endOf(id: string): number {
    const conversation = this.#stored(id);
    return conversation.entryHead + pendingParts(conversation, this.#outbox.inLog(id), this.#viewer).posts.length;
  }

  #tellList(): void {
    const all = [...this.#views.values()].sort((one, other) => other.at - one.at || (one.id < other.id ? -1 : 1));
    const threads = all.filter(({ thread }) => thread !== undefined);
    const byParent = Map.groupBy(threads, ({ thread }) => thread?.conversation);
    const conversations = all
      .filter(({ thread }) => thread === undefined)
      .map((view) => withThreads(view, byParent.get(view.id) ?? []));
    const view: ConversationListView = {
      loaded: this.#model.loaded && (conversations.length > 0 || this.#isComplete()),
      pending: this.#outbox.waitingCount,
      holdUp: holdUpOf(this.#outbox.queues),
      conversations,
      ...(threads.length > 0 && { threads }),
    };
    this.conversations.set(shareStructure(this.conversations.get(), view));
  }

  /** A device that never met the server, or is being told, does not know yet that there is nothing. */
  #isComplete(): boolean {
    const { meta, conversations } = this.#model;
    return meta.incarnation !== "" && [...conversations.values()].every(({ catchUp }) => catchUp.kind === "current");
  }

  #tellWindow(window: TimelineWindow): void {
    const conversation = this.#stored(window.conversation);
    const view = this.#windowView(window, conversation, this.#partsOf(conversation));
    window.view.set(shareStructure(window.view.get(), view));
  }

  #windowView(window: TimelineWindow, conversation: StoredConversation, parts: PendingParts): TimelineView {
    const { head } = conversation;
    const entryHead = this.#hidden.endOf(conversation);
    const slice = window.slice ?? { from: 1, to: 0 };
    const hidden = this.#hidden.in(window.conversation);
    const atNewest = slice.to >= entryHead;
    const isThere = parts.state !== undefined && (window.slice !== undefined || entryHead === 0);
    const intervals = sightOf(parts.state, this.#viewer);
    const quotes: QuoteBasis = {
      viewer: this.#viewer,
      nameOf: (account) => nameOf(account, this.#model.profiles),
      changes: parts.changes,
      targetOf: this.#targetsIn(window),
      sees: (seq) => isVisible(intervals, seq),
      isFolded: (entry) => this.#rules.isFolded(hidden, entry),
    };
    const rows = timelineRows({
      ...quotes,
      conversation,
      state: parts.state,
      slice,
      entries: window.entries,
      profiles: this.#model.profiles,
      failedEdits: parts.failedEdits,
      posts: atNewest ? parts.posts : [],
      onDevice: (at) => this.#time.onDevice(at),
      saved: this.#saved.in(window.conversation),
      reminders: this.#reminders.in(window.conversation),
      hidden,
      leavesNoTrace: this.#rules.leavesNoTrace,
      threads: this.#threadsOf(window.conversation),
    });
    const { inviteCodes = [] } = this.#model.meta;
    return {
      conversation: window.conversation,
      // Without any, all that the window shows is hidden, or there is nothing.
      loaded: rows.some((row) => row.kind !== "hole") || (isThere && rows.length === 0),
      rows,
      atOldest:
        slice.from <= clearedIn(hidden) + 1 ||
        isAtOldest(slice, { hidden: hidden.runs, undrawn: window.undrawn(hidden.runs) }),
      atNewest,
      head: head.seq,
      entryHead,
      readAtOpen: window.readAtOpen,
      read: marksNow(conversation).read,
      ...this.#membershipIn(parts, hidden.blocked),
      timerSeconds: this.#timerOf(parts.state),
      invites: inviteViews({
        ...quotes,
        state: parts.state,
        stored: conversation.state,
        codes: inviteCodes,
        onDevice: (at) => this.#time.onDevice(at),
      }),
      joinRequests: joinRequestViews({ ...quotes, state: parts.state }),
      answering: window.answering === undefined ? undefined : quoteView(window.answering, quotes),
      pinned: pinnedMessageViews({
        viewer: this.#viewer,
        state: parts.state,
        rows: window.pinned.rows,
        outOfSight: this.#model.conversations.get(window.conversation)?.outOfSight ?? nobody,
        profiles: this.#model.profiles,
        changes: parts.changes,
        posts: parts.posts,
        hidden,
      }),
    };
  }

  /** In a thread the members are those of its parent: all of them read it, and can be mentioned. */
  #membershipIn(parts: PendingParts, blocked: ReadonlyMap<string, unknown>) {
    const own = membershipView(parts, this.#viewer, this.#model, blocked);
    const parent = parts.state?.parent ?? "";
    const { state } = parent === "" ? parts : this.#partsOf(this.#stored(parent));
    if (parent === "" || state === undefined) return own;
    return { ...own, members: membershipView({ state, failed: false }, this.#viewer, this.#model, blocked).members };
  }

  /** A thread has its parent's. */
  #timerOf(state: PendingParts["state"]): number {
    const parent = state?.parent ?? "";
    const timed = parent === "" ? state : this.#partsOf(this.#stored(parent)).state;
    return timed?.timerSeconds ?? 0;
  }

  /** Messages that others answer, as the window shows them, or as they are known besides. */
  #targetsIn(window: TimelineWindow): (message: string) => QuoteTarget {
    const source = this.#model.conversations.get(window.conversation);
    let shown: ReadonlyMap<string, Entry> | undefined;
    return (message) => {
      shown ??= new Map([...window.entries.values()].map((entry) => [entry.id, entry]));
      const entry = shown.get(message);
      return entry === undefined ? this.#quotes.targetOf(source, message) : { kind: "entry", entry };
    };
  }

  #threadsOf(conversation: string): ReadonlyMap<string, ConversationView> {
    const threads = [...this.#views.values()].filter(({ thread }) => thread?.conversation === conversation);
    return new Map(threads.map((view) => [view.thread?.root ?? "", view]));
  }

  #stored(id: string): StoredConversation {
    return this.#model.conversations.get(id)?.stored ?? nothingHeld(id);
  }

  #partsOf(conversation: StoredConversation): PendingParts {
    const known = this.#parts.get(conversation.id);
    if (known !== undefined) return known;
    const parts = pendingParts(conversation, this.#outbox.inLog(conversation.id), this.#viewer);
    this.#parts.set(conversation.id, parts);
    return parts;
  }
}

/** @param threads its own */
function withThreads(view: ConversationView, threads: readonly ConversationView[]): ConversationView {
  const unreadInThreads = threads.reduce((sum, { unread }) => sum + unread, 0);
  const mentionsInThreads = threads.reduce((sum, { mentions }) => sum + mentions, 0);
  if (unreadInThreads === 0) return view;
  return { ...view, unreadInThreads, ...(mentionsInThreads > 0 && { mentionsInThreads }) };
}
