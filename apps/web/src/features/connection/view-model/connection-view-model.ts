import type { Clock, ConnectionView, ConversationListView, HoldUp, Observable, OutboxView } from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";
import { Lasting } from "./lasting.ts";
import { type WaitReason, waitingText } from "./waiting-text.ts";

export interface ConnectionSnapshot {
  /** Nothing to say while all is well. */
  readonly banner:
    | {
        /** `cut-off`: not connected. `held-up`: connected, but what is sent is not taken. */
        readonly tone: "busy" | "cut-off" | "held-up";
        readonly text: string;
        readonly action: BannerAction | undefined;
      }
    | undefined;
  /** Commands that the server does not have yet. */
  readonly pending: number;
}

interface BannerAction {
  readonly kind: "try-now" | "sign-in" | "use-here" | "outbox";
  readonly label: string;
}

export interface ConnectionViewModelPorts {
  readonly connection: Observable<ConnectionView>;
  /** Where the engine runs, of which this model needs only whether this tab has none. */
  readonly home: Observable<{ readonly kind: string } | WithoutEngine>;
  readonly conversations: Observable<ConversationListView>;
  readonly outbox: Observable<OutboxView>;
  readonly clock: Clock;
  readonly texts: Texts;
  /** Reads aloud. */
  readonly announce: (text: string) => void;
}

interface WithoutEngine {
  readonly kind: "without-engine";
  readonly why: "updated" | "taken-over" | "not-started";
}

/** A short interruption passes without a word. */
const QUIET_MS = 700;

/** The state of the connection, in words, and of what is sent over it. */
export class ConnectionViewModel implements Observable<ConnectionSnapshot> {
  readonly #ports: ConnectionViewModelPorts;
  readonly #snapshot: ObservedValue<ConnectionSnapshot>;
  readonly #disposables = new Disposables();
  readonly #holdUp: Lasting<HoldUp>;
  /** That something waits although there is a connection. */
  readonly #waits: Lasting<true>;
  #stopTimer: () => void = () => {};
  #wasOnline = false;
  /** What was waited for last, and until when by the elapsed clock: the device's may be set while somebody waits. */
  #wait: { readonly why: WaitReason; readonly until: number } | undefined;

  constructor(ports: ConnectionViewModelPorts) {
    this.#ports = ports;
    this.#snapshot = new ObservedValue<ConnectionSnapshot>({ banner: undefined, pending: 0 });
    this.#holdUp = new Lasting(ports.clock, () => this.#showOnline());
    this.#waits = new Lasting(ports.clock, () => this.#showOnline());
    this.#disposables.add(
      ports.connection.subscribe(() => this.#connectionChanged()),
      ports.home.subscribe(() => this.#connectionChanged()),
      ports.conversations.subscribe(() => this.#outboxChanged()),
      ports.outbox.subscribe(() => this.#showOnline()),
      () => this.#stopTimer(),
      () => this.#holdUp.dispose(),
      () => this.#waits.dispose(),
    );
    this.#connectionChanged();
    this.#outboxChanged();
  }

  get = (): ConnectionSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#disposables.dispose();

  #outboxChanged(): void {
    const { pending, holdUp } = this.#ports.conversations.get();
    if (pending !== this.get().pending) this.#snapshot.change({ pending });
    this.#holdUp.see(holdUp);
    this.#waits.see(pending > 0 ? true : undefined);
  }

  #showOnline(): void {
    if (this.#ports.connection.get().kind === "online") this.#show();
  }

  #connectionChanged(): void {
    this.#stopTimer();
    const view = this.#ports.connection.get();
    this.#wasOnline ||= view.kind === "online";
    if (view.kind === "waiting") this.#waitBegan(view.why, view.retryAt);
    const passing = view.kind === "starting" || view.kind === "connecting" || view.kind === "syncing";
    if (!passing) {
      if (view.kind !== "waiting") this.#wait = undefined;
      this.#show();
      return;
    }
    // An attempt that fails at once changes no words but those of the time left.
    if (this.#wait !== undefined && this.get().banner?.action?.kind === "try-now") this.#change(this.#waitingBanner());
    else if (this.get().banner !== undefined) this.#show();
    this.#stopTimer = this.#ports.clock.after(QUIET_MS, () => this.#show());
  }

  #waitBegan(why: WaitReason, retryAt: number): void {
    const { clock, texts } = this.#ports;
    if (why !== "unreachable" && why !== this.#wait?.why) this.#ports.announce(texts.connection.notLetIn[why]);
    this.#wait = { why, until: clock.elapsed() + retryAt - clock.now() };
  }

  #show(): void {
    const view = this.#ports.connection.get();
    this.#change(this.#withoutEngine() ?? this.#banner(view));
    if (view.kind === "waiting") this.#countDown(this.#leftMs);
  }

  #change(banner: ConnectionSnapshot["banner"]): void {
    if (banner?.text === this.get().banner?.text) return;
    this.#snapshot.change({ banner });
    if (banner?.tone === "held-up") this.#ports.announce(banner.text);
  }

  get #leftMs(): number {
    return (this.#wait?.until ?? 0) - this.#ports.clock.elapsed();
  }

  /** Looks again when the words change: as a whole second is over. */
  #countDown(leftMs: number): void {
    if (leftMs > 0) this.#stopTimer = this.#ports.clock.after(leftMs % 1000 || 1000, () => this.#show());
  }

  #withoutEngine(): ConnectionSnapshot["banner"] {
    const home = this.#ports.home.get();
    if (!("why" in home)) return undefined;
    const words = this.#ports.texts.connection;
    const label = home.why === "taken-over" ? words.useHere : words.reload;
    return { tone: "cut-off", text: words.withoutEngine[home.why], action: { kind: "use-here", label } };
  }

  /** Who opens the app without a connection is told what it is that they see. */
  #offlineText(): string {
    const words = this.#ports.texts.connection;
    return this.#wasOnline ? words.offline : words.atStart.offline;
  }

  #waitingBanner(): ConnectionSnapshot["banner"] {
    const words = this.#ports.texts.connection;
    const text = waitingText(words, this.#wait?.why ?? "unreachable", this.#leftMs, this.#wasOnline);
    return { tone: "cut-off", text, action: { kind: "try-now", label: words.tryNow } };
  }

  /** Something that the server did not accept, or that takes long. */
  #outboxBanner(): ConnectionSnapshot["banner"] {
    const { outbox, texts } = this.#ports;
    const { failed } = outbox.get();
    const action = { kind: "outbox", label: texts.outbox.open } as const;
    if (failed > 0) return { tone: "held-up", text: texts.outbox.failedOnly(failed), action };
    return this.#waits.shown && { tone: "busy", text: texts.connection.sending, action: undefined };
  }

  #banner(view: ConnectionView): ConnectionSnapshot["banner"] {
    const words = this.#ports.texts.connection;
    switch (view.kind) {
      case "online": {
        const { shown } = this.#holdUp;
        if (shown !== undefined) return { tone: "held-up", text: words.holdUps[shown], action: undefined };
        return this.#outboxBanner();
      }
      case "starting":
      case "connecting":
      case "syncing":
        return { tone: "busy", text: words[view.kind], action: undefined };
      case "no-room":
        return { tone: "cut-off", text: words.noRoom, action: { kind: "try-now", label: words.tryNow } };
      case "offline":
        return { tone: "cut-off", text: this.#offlineText(), action: undefined };
      case "waiting":
        return this.#waitingBanner();
      case "signed-out":
        return { tone: "cut-off", text: words.signedOut, action: { kind: "sign-in", label: words.signIn } };
      case "device-closed":
        return { tone: "cut-off", text: words.deviceClosed, action: { kind: "sign-in", label: words.signIn } };
      case "superseded":
        return {
          tone: "cut-off",
          text: words.withoutEngine["taken-over"],
          action: { kind: "use-here", label: words.useHere },
        };
      case "store-failed":
        return { tone: "cut-off", text: words.storeFailed, action: { kind: "use-here", label: words.reload } };
    }
  }
}
