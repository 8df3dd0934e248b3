import {
  type AccountView,
  type ConnectionView,
  type ConversationListView,
  type ConversationView,
  type Engine,
  emptyOutbox,
  type OutboxView,
  type PostDraft,
  type Timeline,
  type TimelineView,
} from "@parley/client";
import { ObservedValue } from "../../observable/observed-value.ts";
import type { EngineCall, EngineTell, TimelineCall } from "../protocol/engine-calls.ts";
import type { ConversationsPatch, Hello, TabMessage, Turn } from "../protocol/messages.ts";
import type { HandOffs } from "./hand-offs.ts";
import { OptimisticPosts } from "./optimistic-posts.ts";
import { PassedCalls } from "./passed-calls.ts";
import { PatchedList } from "./patched-list.ts";
import { PortCalls } from "./port-calls.ts";
import { RemoteInspector } from "./remote-inspector.ts";
import { RemoteTimeline, type TimelineOwner } from "./remote-timeline.ts";

/**
 * The engine, from a tab: the same interface over a port. The port may be replaced at any moment (the engine side died); views keep what they
 * show meanwhile, and calls are answered by the next engine.
 */
export class RemoteEngine extends PassedCalls implements Engine, TimelineOwner {
  readonly account: ObservedValue<AccountView>;
  readonly connection = new ObservedValue<ConnectionView>({ kind: "starting" });
  readonly conversations = new ObservedValue<ConversationListView>({
    loaded: false,
    conversations: [],
    pending: 0,
    holdUp: undefined,
  });
  readonly outbox = new ObservedValue<OutboxView>(emptyOutbox);
  readonly inspector = new RemoteInspector((what) => this.#calls.make({ kind: "inspect", what }, this.#send));
  readonly #handOffs: HandOffs;
  readonly #calls = new PortCalls();
  readonly #posts = new OptimisticPosts();
  readonly #timelines = new Map<number, RemoteTimeline>();
  readonly #list = new PatchedList<ConversationView>();
  readonly #threads = new PatchedList<ConversationView>();
  #lastTimeline = 0;
  #send: (message: TabMessage) => void = () => undefined;

  constructor(account: AccountView, handOffs: HandOffs) {
    super();
    this.account = new ObservedValue(account);
    this.#handOffs = handOffs;
    for (const post of handOffs.all()) void this.post(post).catch(() => undefined);
  }

  /** An engine can be reached: says hello, opens again what is open, and asks again what was not answered. */
  attach(hello: Hello, send: (message: TabMessage) => void): void {
    this.#send = send;
    this.#list.restart();
    this.#threads.restart();
    send(hello);
    for (const timeline of this.#timelines.values()) {
      send({ kind: "open-timeline", timeline: timeline.number, conversation: timeline.conversation });
      const ordinal = timeline.restart();
      if (ordinal !== undefined) void timeline.jumpTo(ordinal).catch(() => undefined);
      if (!timeline.sticks) void timeline.stick(false).catch(() => undefined);
      if (timeline.answering !== undefined) void timeline.answer(timeline.answering).catch(() => undefined);
    }
    this.#calls.resend(send);
    // What the former engine could not keep, this one may.
    for (const post of this.#posts.allFailed) void this.post(post).catch(() => undefined);
    this.adoptHandOffs();
  }

  /** Posts what other tabs handed off, and may not live to post. Where they do, the second time does nothing. */
  adoptHandOffs(): void {
    for (const post of this.#handOffs.all()) if (!this.#posts.has(post.id)) void this.post(post).catch(() => undefined);
  }

  /** No engine can be reached for now. */
  detach(): void {
    this.#send = () => undefined;
  }

  /** No engine will be reached any more. */
  stop(): void {
    this.detach();
    this.#calls.abandon();
  }

  receive(turn: Turn): void {
    for (const patch of turn.timelines ?? []) this.#timelines.get(patch.timeline)?.apply(patch);
    for (const answer of turn.answers ?? []) this.#calls.settle(answer);
    if (turn.timelines !== undefined) this.#showTimelines();
    if (turn.account !== undefined) this.account.set(turn.account);
    if (turn.connection !== undefined) this.connection.set(turn.connection);
    if (turn.conversations !== undefined) this.#receiveConversations(turn.conversations);
    if (turn.outbox !== undefined) this.outbox.set(turn.outbox);
  }

  openTimeline(conversation: string): Timeline {
    this.#lastTimeline += 1;
    const timeline = new RemoteTimeline(this.#lastTimeline, conversation, this);
    this.#timelines.set(timeline.number, timeline);
    this.#send({ kind: "open-timeline", timeline: timeline.number, conversation });
    return timeline;
  }

  /** Keeps a message where this tab can do so without waiting, until it is queued. False where that cannot be done. */
  handOff(post: PostDraft): boolean {
    return this.#handOffs.put(post);
  }

  /** What cannot be handed off is shown when it is queued: until then whoever wrote it keeps it. */
  async post(post: PostDraft): Promise<void> {
    if (!this.handOff(post)) {
      await this.call({ method: "post", args: [post] });
      return;
    }
    this.#posts.add(post, this.account.get());
    const queued = this.call({ method: "post", args: [post] });
    this.#showTimelines();
    try {
      await queued;
      this.#handOffs.remove(post.id);
      // The turn that answers has brought the engine's own row.
      this.#posts.remove(post.id);
    } catch (error) {
      // Not in the outbox: it stays on screen, and in its hand-off, until it is tried again or discarded.
      this.#posts.fail(post.id, error instanceof Error ? error.message : String(error));
      throw error;
    } finally {
      this.#showTimelines();
    }
  }

  async discard(commandId: string): Promise<void> {
    if (this.#posts.failed(commandId) === undefined) {
      await this.call({ method: "discard", args: [commandId] });
      return;
    }
    this.#handOffs.remove(commandId);
    this.#posts.remove(commandId);
    this.#showTimelines();
  }

  async retry(commandId: string): Promise<string> {
    const post = this.#posts.failed(commandId);
    if (post === undefined) return this.text({ method: "retry", args: [commandId] });
    await this.post(post);
    return commandId;
  }

  /** Nothing that was typed here outlives the account's time on this device. */
  forget(): void {
    this.#handOffs.clear();
  }

  /** Stops the engine for all tabs and deletes what this device keeps of the account. */
  async signOut(): Promise<void> {
    await this.#calls.make({ kind: "sign-out" }, this.#send);
    this.#handOffs.clear();
  }

  async callTimeline(timeline: RemoteTimeline, what: TimelineCall): Promise<void> {
    await this.#calls.make({ kind: "timeline-call", timeline: timeline.number, what }, this.#send);
  }

  fold(view: TimelineView): TimelineView {
    return this.#posts.fold(view);
  }

  closed(timeline: RemoteTimeline): void {
    if (this.#timelines.delete(timeline.number)) this.#send({ kind: "close-timeline", timeline: timeline.number });
  }

  #receiveConversations({ view, list, threads: followed }: ConversationsPatch): void {
    const conversations = this.#list.apply(list);
    const threads = this.#threads.apply(followed);
    // A new engine has not read the store yet: what is shown stays until it has.
    if (!view.loaded && this.conversations.get().loaded) return;
    this.conversations.set({ ...view, conversations, ...(threads.length > 0 && { threads }) });
  }

  #showTimelines(): void {
    for (const timeline of this.#timelines.values()) timeline.show();
  }

  protected call(what: EngineCall): Promise<unknown> {
    return this.#calls.make({ kind: "call", what }, this.#send);
  }

  protected tell(what: EngineTell): void {
    this.#send({ kind: "tell", what });
  }
}
