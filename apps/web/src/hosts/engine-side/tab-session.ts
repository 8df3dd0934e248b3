import type { Engine } from "@parley/client";
import type { Inspector } from "../../features/inspector/view-model/inspector.ts";
import { callInspector } from "../inspection/inspection-call.ts";
import { tellEngine } from "../protocol/engine-calls.ts";
import type { EngineSideMessage, Hello, TabMessage } from "../protocol/messages.ts";
import { answerOf } from "./answer-of.ts";
import { EngineFeed } from "./engine-feed.ts";
import type { NotifyingTab } from "./notification-desk.ts";
import type { TabLine } from "./tab-line.ts";
import type { TurnEnd } from "./turn-scheduler.ts";

/** What a session asks of the engine side, beyond the engine. */
export interface SessionOwner {
  /** What is done once at the end of each turn in which it is asked for. */
  readonly turns: (task: () => void) => TurnEnd;
  /** @param first whether its page was just loaded */
  helloed(session: TabSession, hello: Hello, first: boolean): void;
  woke(): void;
  /** A person looks at that tab now. */
  attended(session: TabSession): void;
  rebuild(): void;
  signOut(): Promise<void>;
  ended(session: TabSession): void;
}

type EngineMessage = Extract<
  TabMessage,
  { readonly kind: "call" | "tell" | "inspect" | "open-timeline" | "close-timeline" | "timeline-call" }
>;

interface Attached {
  readonly engine: Engine;
  readonly inspector: Inspector;
}

/** One tab, as the engine side sees it. What a tab asks before the engine runs waits. */
export class TabSession implements NotifyingTab {
  looking = false;
  /** Whether it has said hello. */
  introduced = false;
  readonly #line: TabLine;
  readonly #owner: SessionOwner;
  #waiting: EngineMessage[] = [];
  #greeted = false;
  #attached: (Attached & { readonly feed: EngineFeed }) | undefined;

  constructor(line: TabLine, owner: SessionOwner) {
    this.#line = line;
    this.#owner = owner;
    line.listen((message) => this.#received(message));
  }

  /** Whether it has to say hello again, because it said it to an engine that stopped. */
  get repeats(): boolean {
    return this.introduced && !this.#greeted;
  }

  send(message: EngineSideMessage): void {
    this.#line.post(message);
  }

  /** Does nothing for a tab that has not said hello (to this engine) yet. */
  attach({ engine, inspector }: Attached): void {
    if (!this.#greeted) return;
    this.#attached = { engine, inspector, feed: new EngineFeed(engine, this.#owner.turns, (turn) => this.send(turn)) };
    for (const message of this.#waiting.splice(0)) this.#received(message);
  }

  /** The engine stopped. What the tab asks from now on waits for the next one; what it asked before, it repeats. */
  detach(): void {
    this.#attached?.feed.stop();
    this.#attached = undefined;
    this.#greeted = false;
    this.#waiting = [];
  }

  close(): void {
    this.detach();
    this.#line.close();
  }

  #received(message: TabMessage): void {
    switch (message.kind) {
      case "hello": {
        const first = !this.introduced;
        this.detach();
        this.#greeted = true;
        this.introduced = true;
        this.looking = message.looking;
        this.#owner.helloed(this, message, first);
        break;
      }
      case "ping":
        this.send({ kind: "pong" });
        break;
      case "attention":
        this.looking = message.looking;
        if (message.looking) this.#owner.attended(this);
        break;
      case "woke":
        this.#owner.woke();
        break;
      case "rebuild":
        this.#owner.rebuild();
        break;
      case "goodbye":
        this.#owner.ended(this);
        break;
      case "sign-out":
        void this.#signOut(message.call);
        break;
      default:
        if (this.#attached === undefined) this.#waiting.push(message);
        else ask(this.#attached, message);
    }
  }

  async #signOut(call: number): Promise<void> {
    this.send({ kind: "turn", answers: [await answerOf(call, () => this.#owner.signOut())] });
  }
}

function ask({ engine, inspector, feed }: Attached & { readonly feed: EngineFeed }, message: EngineMessage): void {
  switch (message.kind) {
    case "call":
      feed.call(message.call, message.what);
      break;
    case "tell":
      tellEngine(engine, message.what);
      break;
    case "inspect":
      feed.answer(message.call, () => callInspector(inspector, message.what));
      break;
    case "open-timeline":
      feed.openTimeline(message.timeline, message.conversation);
      break;
    case "close-timeline":
      feed.closeTimeline(message.timeline);
      break;
    case "timeline-call":
      feed.callTimeline(message.call, message.timeline, message.what);
      break;
  }
}
