import type { Clock, Engine, Observable, ReceiptsView, ReceiptView } from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";

export interface MessageInfoSnapshot {
  /** "Sent 14:05" */
  readonly sent: string;
  /** Nothing is known yet. */
  readonly loading: boolean;
  /** What this is worth, where the server did not say it. */
  readonly note: string;
  readonly groups: readonly ReceiptGroup[];
}

/** People whom a message has reached equally far. */
export interface ReceiptGroup {
  readonly reached: ReceiptView["reached"];
  readonly title: string;
  readonly people: readonly ReceiptLine[];
}

export interface ReceiptLine {
  readonly account: string;
  readonly name: string;
  /** When it was read, then when it was delivered. */
  readonly times: readonly string[];
  /** The same, dates and all. */
  readonly fullTimes: string;
}

export interface MessageInfoPorts {
  readonly engine: Pick<Engine, "receipts" | "account" | "connection" | "conversations">;
  readonly conversation: string;
  readonly message: string;
  /** When it was written. */
  readonly at: number;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly format: TimeFormat;
}

/** Marks of others move without a word where the conversation looks the same after it. */
const ASK_AGAIN_MS = 5_000;

const ORDER = ["read", "delivered", "sent", "unknown"] as const;

/** Who received and read one message, as long as somebody looks. */
export class MessageInfoViewModel implements Observable<MessageInfoSnapshot> {
  readonly #ports: MessageInfoPorts;
  readonly #disposables = new Disposables();
  readonly #snapshot: ObservedValue<MessageInfoSnapshot>;
  #known: ReceiptsView | undefined;
  #asking = false;
  #again = false;
  #disposed = false;
  #cancelTimer: () => void = () => undefined;

  constructor(ports: MessageInfoPorts) {
    this.#ports = ports;
    this.#snapshot = new ObservedValue(this.#draw());
    const ask = () => void this.#ask();
    this.#disposables.add(
      ports.engine.connection.subscribe(ask),
      ports.engine.conversations.subscribe(ask),
      ports.engine.account.subscribe(ask),
      () => this.#cancelTimer(),
      () => {
        this.#disposed = true;
      },
    );
    ask();
  }

  get = (): MessageInfoSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#disposables.dispose();

  /** One question at a time; whatever happens meanwhile is asked about after it. */
  async #ask(): Promise<void> {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    const { engine, conversation, message, clock } = this.#ports;
    const told = await engine.receipts(conversation, message).catch(() => undefined);
    this.#asking = false;
    if (this.#disposed) return;
    this.#known = told ?? this.#known;
    this.#snapshot.set(this.#draw());
    this.#cancelTimer();
    if (this.#again) {
      this.#again = false;
      void this.#ask();
    } else this.#cancelTimer = clock.after(ASK_AGAIN_MS, () => void this.#ask());
  }

  #draw(): MessageInfoSnapshot {
    const { texts, at } = this.#ports;
    const words = texts.messageInfo;
    const known = this.#known;
    const groups = ORDER.flatMap((reached): ReceiptGroup[] => {
      const people = known?.receipts.filter((receipt) => receipt.reached === reached) ?? [];
      if (people.length === 0) return [];
      const lines = people.map((receipt) => this.#line(receipt, known?.from === "server"));
      return [{ reached, title: words.groups[reached](people.length), people: lines }];
    });
    return {
      sent: words.sent(this.#when(at)),
      loading: known === undefined,
      note: this.#note(),
      groups,
    };
  }

  #note(): string {
    const { texts, engine } = this.#ports;
    const words = texts.messageInfo;
    if (this.#known?.from === "device") return words.notAsked;
    if (this.#known?.receipts.length === 0) return words.nobody;
    return engine.account.get().privacy?.hidesReads === true ? words.readsOff : "";
  }

  /** @param timed whether times were told where they are known */
  #line({ account, displayName, reached, deliveredAt, readAt }: ReceiptView, timed: boolean): ReceiptLine {
    const { texts, format } = this.#ports;
    const words = texts.messageInfo;
    const times: string[] = [];
    const full: string[] = [];
    if (reached === "read" && timed) {
      times.push(readAt === undefined ? words.readOnce : words.readAt(this.#when(readAt)));
      if (readAt !== undefined) full.push(words.readAt(format.full(readAt)));
    }
    if ((reached === "read" || reached === "delivered") && timed) {
      times.push(deliveredAt === undefined ? words.deliveredOnce : words.deliveredAt(this.#when(deliveredAt)));
      if (deliveredAt !== undefined) full.push(words.deliveredAt(format.full(deliveredAt)));
    }
    const name = displayName === "" ? texts.common.unknownPerson : displayName;
    return { account, name, times, fullTimes: full.join("\n") };
  }

  #when(at: number): string {
    return this.#ports.format.moment(at, this.#ports.clock.now());
  }
}
