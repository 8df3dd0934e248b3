import type { AccountView, ConnectionView, ConversationListView, Engine, OutboxView } from "@parley/client";
import { callEngine, callTimeline, type EngineCall, type TimelineCall } from "../protocol/engine-calls.ts";
import { patchOf } from "../protocol/list-patch.ts";
import type { Answer, ConversationsPatch, TimelinePatch, Turn } from "../protocol/messages.ts";
import { answerOf } from "./answer-of.ts";
import { SentTimeline } from "./sent-timeline.ts";
import type { TurnEnd } from "./turn-scheduler.ts";

/** Feeds one tab from the engine: what changed, once per turn, and behind it the answers to the calls of the tab. */
export class EngineFeed {
  readonly #engine: Engine;
  readonly #send: (turn: Turn) => void;
  readonly #scheduler: TurnEnd;
  readonly #stops: readonly (() => void)[];
  readonly #timelines = new Map<number, SentTimeline>();
  #answers: Answer[] = [];
  #account: AccountView | undefined;
  #connection: ConnectionView | undefined;
  #conversations: ConversationListView | undefined;
  #outbox: OutboxView | undefined;

  constructor(engine: Engine, turns: (task: () => void) => TurnEnd, send: (turn: Turn) => void) {
    this.#engine = engine;
    this.#send = send;
    this.#scheduler = turns(() => this.#flush());
    const changed = () => this.#scheduler.ask();
    const parts = [engine.account, engine.connection, engine.conversations, engine.outbox];
    this.#stops = parts.map((part) => part.subscribe(changed));
    changed();
  }

  openTimeline(number: number, conversation: string): void {
    const timeline = this.#engine.openTimeline(conversation);
    this.#timelines.set(number, new SentTimeline(number, timeline, () => this.#scheduler.ask()));
    this.#scheduler.ask();
  }

  closeTimeline(number: number): void {
    this.#timelines.get(number)?.close();
    this.#timelines.delete(number);
  }

  call(call: number, what: EngineCall): void {
    void this.#answer(call, () => callEngine(this.#engine, what));
  }

  callTimeline(call: number, number: number, what: TimelineCall): void {
    void this.#answer(call, async () => {
      const sent = this.#timelines.get(number);
      // Closed meanwhile: nobody waits for more of it.
      if (sent !== undefined) await callTimeline(sent.timeline, what);
    });
  }

  /** A call that is not the engine's. */
  answer(call: number, run: () => Promise<unknown>): void {
    void this.#answer(call, run);
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    for (const sent of this.#timelines.values()) sent.close();
    this.#timelines.clear();
    this.#scheduler.stop();
  }

  async #answer(call: number, run: () => Promise<unknown>): Promise<void> {
    const answer = await answerOf(call, run);
    this.#answers.push(answer);
    this.#scheduler.ask();
  }

  #flush(): void {
    const account = this.#engine.account.get();
    const connection = this.#engine.connection.get();
    const conversations = this.#conversationsPatch();
    const outbox = this.#engine.outbox.get();
    const timelines = [...this.#timelines.values()].map((sent) => sent.patch()).filter(isDefined<TimelinePatch>);
    const turn: Turn = {
      kind: "turn",
      ...(account === this.#account ? {} : { account }),
      ...(connection === this.#connection ? {} : { connection }),
      ...(conversations === undefined ? {} : { conversations }),
      ...(outbox === this.#outbox ? {} : { outbox }),
      ...(timelines.length === 0 ? {} : { timelines }),
      ...(this.#answers.length === 0 ? {} : { answers: this.#answers }),
    };
    this.#account = account;
    this.#connection = connection;
    this.#outbox = outbox;
    this.#answers = [];
    if (Object.keys(turn).length > 1) this.#send(turn);
  }

  #conversationsPatch(): ConversationsPatch | undefined {
    const before = this.#conversations;
    const after = this.#engine.conversations.get();
    if (after === before) return undefined;
    this.#conversations = after;
    const { conversations, threads: followed = [], ...view } = after;
    const list = patchOf(before?.conversations ?? [], conversations);
    const threads = patchOf(before?.threads ?? [], followed);
    return { view, ...(list && { list }), ...(threads && { threads }) };
  }
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}
