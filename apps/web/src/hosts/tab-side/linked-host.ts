import { ObservedValue } from "../../observable/observed-value.ts";
import type { EngineHost, HostState } from "../engine-host.ts";
import type { EngineSideMessage, Hello, TabMessage } from "../protocol/messages.ts";
import type { EngineLink, LinkHandlers } from "./engine-link.ts";
import type { HandOffs } from "./hand-offs.ts";
import { RemoteEngine } from "./remote-engine.ts";

/** The host of a tab: an engine over whatever port its link finds. */
export class LinkedHost implements EngineHost, LinkHandlers {
  readonly engine: RemoteEngine;
  readonly state: ObservedValue<HostState>;
  readonly #hello: Omit<Hello, "tabLock">;
  readonly #fallback: () => EngineLink;
  #link: EngineLink;
  #port: MessagePort | undefined;

  /** @param fallback another link, for when the first finds no engine side */
  constructor(hello: Omit<Hello, "tabLock">, handOffs: HandOffs, link: EngineLink, fallback: () => EngineLink) {
    this.#hello = hello;
    this.#fallback = fallback;
    this.engine = new RemoteEngine(hello.account, handOffs);
    this.#link = link;
    this.state = new ObservedValue<HostState>({ kind: "starting", in: link.place });
    globalThis.addEventListener("pagehide", this.#left);
    document.addEventListener("visibilitychange", this.#seen);
    link.start(this);
  }

  connected(port: MessagePort): void {
    this.#port = port;
    port.addEventListener("message", ({ data }: MessageEvent<EngineSideMessage>) => {
      if (port === this.#port) this.#received(data);
    });
    port.start();
    this.#attach();
  }

  lost(): void {
    this.#port = undefined;
    this.engine.detach();
    if (this.state.get().kind === "signed-out") this.close();
    else this.state.set({ kind: "starting", in: this.#link.place });
  }

  failed(): void {
    this.#link.stop();
    this.#link = this.#fallback();
    this.state.set({ kind: "starting", in: this.#link.place });
    this.#link.start(this);
  }

  rebuild(): void {
    this.#send({ kind: "rebuild" });
  }

  async signOut(): Promise<void> {
    try {
      await this.engine.signOut();
    } finally {
      this.close();
    }
  }

  close(): void {
    globalThis.removeEventListener("pagehide", this.#left);
    document.removeEventListener("visibilitychange", this.#seen);
    this.#send({ kind: "goodbye" });
    this.#link.stop();
    this.#port = undefined;
    this.engine.stop();
  }

  /** A page that may come back from the browser's cache keeps its engine. */
  readonly #left = (event: PageTransitionEvent): void => {
    if (!event.persisted) this.#send({ kind: "goodbye" });
  };

  /** Somebody looks at this tab again: after a sleep the connection may be dead without knowing it. */
  readonly #seen = (): void => {
    if (document.visibilityState === "visible") this.#send({ kind: "woke" });
  };

  #attach(): void {
    this.engine.attach({ ...this.#hello, tabLock: this.#link.tabLock }, (message) => this.#send(message));
  }

  #received(message: EngineSideMessage): void {
    switch (message.kind) {
      case "turn":
        this.engine.receive(message);
        break;
      case "state":
        this.state.set({ ...message.state, in: this.#link.place });
        break;
      case "restarted":
        this.#attach();
        break;
      default:
        // The link's own business.
        break;
    }
  }

  #send(message: TabMessage): void {
    this.#port?.postMessage(message);
  }
}
