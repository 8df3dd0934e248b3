import type { PostDraft } from "@parley/client";
import type { Inspector } from "../../features/inspector/view-model/inspector.ts";
import { ObservedValue } from "../../observable/observed-value.ts";
import type { EngineHost, HostState, WithoutEngine } from "../engine-host.ts";
import type { Line } from "../lines/line.ts";
import type { EngineSideMessage, EngineSideState, Hello, TabMessage } from "../protocol/messages.ts";
import type { EngineLink, LinkHandlers } from "./engine-link.ts";
import type { HandOffs } from "./hand-offs.ts";
import { RemoteEngine } from "./remote-engine.ts";
import type { TabContext } from "./tab-context.ts";

/** The first way to an engine side, and what to try when it leads nowhere. */
export type LinkChoices = readonly [() => EngineLink, ...(() => EngineLink)[]];

/** Removes what this device keeps of an account that runs elsewhere in this browser, or nowhere. */
export type RemoveAccount = (account: string) => Promise<void>;

/** The host of a tab: an engine over whatever line its link finds. */
export class LinkedHost implements EngineHost, LinkHandlers {
  readonly engine: RemoteEngine;
  readonly state: ObservedValue<HostState>;
  readonly #hello: Omit<Hello, "tabLock" | "looking">;
  readonly #tab: TabContext;
  readonly #fallbacks: (() => EngineLink)[];
  readonly #removeAccount: RemoveAccount;
  readonly #stopWatching: () => void;
  /** Tags of what the person was told. */
  readonly #notified = new Set<string>();
  #openLink: () => EngineLink;
  #link: EngineLink;
  #line: Line<TabMessage, EngineSideMessage> | undefined;

  constructor(
    hello: Omit<Hello, "tabLock" | "looking">,
    handOffs: HandOffs,
    links: LinkChoices,
    tab: TabContext,
    removeAccount: RemoveAccount,
  ) {
    const [first, ...fallbacks] = links;
    this.#hello = hello;
    this.#tab = tab;
    this.#fallbacks = fallbacks;
    this.#removeAccount = removeAccount;
    this.engine = new RemoteEngine(hello.account, handOffs);
    this.#openLink = first;
    this.#link = first();
    this.state = new ObservedValue<HostState>({ kind: "starting", in: this.#link.place });
    globalThis.addEventListener("pagehide", this.#left);
    // Somebody looks at this tab again: after a sleep the connection may be dead without knowing it.
    const stops = [
      tab.whenSeen(() => this.#send({ kind: "woke" })),
      tab.attention.subscribe(() => this.#send({ kind: "attention", looking: tab.attention.get() })),
      tab.outlive(hello.account.account, this.engine),
    ];
    this.#stopWatching = () => {
      for (const stop of stops) stop();
    };
    this.#link.start(this);
  }

  connected(line: Line<TabMessage, EngineSideMessage>): void {
    this.#line = line;
    line.listen((message) => {
      if (line === this.#line) this.#received(message);
    });
    this.#attach();
  }

  lost(): void {
    this.#line = undefined;
    this.engine.detach();
    if (this.state.get().kind === "signed-out") this.close();
    else this.#become({ kind: "starting" });
  }

  elsewhere(updated: boolean): void {
    this.#become({ kind: "without-engine", why: updated ? "updated" : "taken-over" });
  }

  vacant(): void {
    if (this.#tab.isSignedIn()) return;
    this.#become({ kind: "signed-out" });
    this.close();
  }

  failed(): void {
    this.#line = undefined;
    this.engine.detach();
    this.#link.stop();
    const next = this.#fallbacks.shift();
    if (next === undefined) {
      this.#become({ kind: "without-engine", why: "not-started" });
      return;
    }
    this.#openLink = next;
    this.#reopen();
  }

  handOff(post: PostDraft): boolean {
    return this.engine.handOff(post);
  }

  get inspector(): Inspector {
    return this.engine.inspector;
  }

  rebuild(): void {
    this.#send({ kind: "rebuild" });
  }

  async signOut(): Promise<void> {
    if (this.state.get().kind === "without-engine" || !(await this.#engineSignsOut())) await this.#signOutElsewhere();
    this.close();
  }

  close(): void {
    globalThis.removeEventListener("pagehide", this.#left);
    this.#stopWatching();
    // What was told of one account must not stay on the screen under another.
    for (const tag of this.#notified) this.#tab.withdraw(tag);
    this.#notified.clear();
    this.#send({ kind: "goodbye" });
    this.#link.stop();
    this.#line = undefined;
    this.engine.stop();
  }

  /** False if this tab comes to have no engine meanwhile: then nobody would ever answer. */
  async #engineSignsOut(): Promise<boolean> {
    const without = Promise.withResolvers<boolean>();
    const stop = this.state.subscribe(() => {
      if (this.state.get().kind === "without-engine") without.resolve(false);
    });
    try {
      return await Promise.race([this.engine.signOut().then(() => true), without.promise]);
    } finally {
      stop();
    }
  }

  async #signOutElsewhere(): Promise<void> {
    // It would take the place of the engine that ends now.
    this.#link.stop();
    try {
      await this.#removeAccount(this.#hello.account.account);
    } catch (thrown) {
      this.#reopen();
      throw thrown;
    }
    this.engine.forget();
  }

  #reopen(): void {
    this.#link = this.#openLink();
    this.#become({ kind: "starting" });
    this.#link.start(this);
  }

  /** A page that may come back from the browser's cache keeps its engine. */
  readonly #left = (event: PageTransitionEvent): void => {
    if (!event.persisted) this.#send({ kind: "goodbye" });
  };

  #attach(): void {
    const hello = { ...this.#hello, tabLock: this.#link.tabLock, looking: this.#tab.attention.get() };
    this.engine.attach(hello, (message) => this.#send(message));
  }

  #received(message: EngineSideMessage): void {
    switch (message.kind) {
      case "turn":
        this.engine.receive(message);
        break;
      case "state":
        this.#become(message.state);
        break;
      case "restarted":
        this.#attach();
        break;
      case "tab-gone":
        this.engine.adoptHandOffs();
        break;
      case "notify":
        this.#notified.add(message.conversation.id);
        this.#tab.notify(message.conversation, message.parent);
        break;
      case "remind":
        this.#notified.add(message.tag);
        this.#tab.remind(message);
        break;
      case "withdraw":
        this.#notified.delete(message.tag);
        this.#tab.withdraw(message.tag);
        break;
      default:
        // The link's own business.
        break;
    }
  }

  #become(state: EngineSideState | WithoutEngine): void {
    // Wherever it was done: this tab may have handed something off since.
    if (state.kind === "signed-out") this.engine.forget();
    this.state.set({ ...state, in: this.#link.place });
  }

  #send(message: TabMessage): void {
    this.#line?.post(message);
  }
}
