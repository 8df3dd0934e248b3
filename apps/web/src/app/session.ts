import type { AccountView, Observable, PreferenceChange, ThreadPlace } from "@parley/client";
import type { SignedInAccount } from "../features/accounts/view-model/accounts.ts";
import { ConnectionViewModel } from "../features/connection/view-model/connection-view-model.ts";
import type { ConversationPorts } from "../features/conversation/view-model/conversation-ports.ts";
import { ConversationViewModel } from "../features/conversation/view-model/conversation-view-model.ts";
import { KeptPlaces } from "../features/conversation/view-model/kept-places.ts";
import type { OpenedThread } from "../features/conversation/view-model/opened-thread.ts";
import { ThreadModel } from "../features/conversation/view-model/thread-model.ts";
import { ConversationListViewModel } from "../features/conversations/view-model/conversation-list-view-model.ts";
import { markAllRead } from "../features/conversations/view-model/mark-all-read.ts";
import type { InspectorPorts } from "../features/inspector/view-model/inspector-view-model.ts";
import { LeftOutNotices } from "../features/left-out/view-model/left-out-notices.ts";
import { Notices } from "../features/notices/view-model/notices.ts";
import { FoundPeople } from "../features/people/view-model/found-people.ts";
import { type MuteLength, muteEnd } from "../features/preferences/view-model/preference-deeds.ts";
import { type ReminderAsked, ReminderNotices } from "../features/reminders/view-model/reminder-notices.ts";
import { reminderText } from "../features/reminders/view-model/reminder-text.ts";
import type { SearchPorts } from "../features/search/view-model/search-view-model.ts";
import type { AppUpdates } from "../features/updates/view-model/app-updates.ts";
import type { DueReminders } from "../hosts/engine-side/due-reminders.ts";
import { Disposables } from "../observable/disposables.ts";
import { ObservedValue } from "../observable/observed-value.ts";
import type { SessionPorts } from "./app-ports.ts";
import type { EngineHome, EngineHomeState } from "./engine-home.ts";
import { GroupPictures } from "./group-pictures.ts";
import type { SessionDialogsParts } from "./session-dialogs.ts";

export interface SessionSnapshot {
  /** The one in the address. */
  readonly conversation: ConversationViewModel | undefined;
  readonly account: AccountView;
  readonly home: EngineHomeState;
}

/** Everything that exists while one account is signed in. */
export class Session implements Observable<SessionSnapshot> {
  readonly list: ConversationListViewModel;
  readonly connection: ConnectionViewModel;
  /** What the inspector needs, and whether it is wanted. */
  readonly inspector: InspectorPorts;
  readonly inspecting: ObservedValue<boolean>;
  readonly notices: Notices;
  readonly pictures: GroupPictures;
  readonly updates: AppUpdates;
  /** For what is opened over it. */
  readonly dialogsParts: SessionDialogsParts;
  readonly account: SignedInAccount;
  readonly #ports: SessionPorts;
  readonly #home: EngineHome;
  readonly #conversationPorts: ConversationPorts;
  /** Where an address leads, until somebody has gone there. */
  readonly threadAsked = new ObservedValue<ThreadPlace | undefined>(undefined);
  /** What a notice of a reminder was asked for, until that is done. */
  readonly reminderAsked = new ObservedValue<ReminderAsked | undefined>(undefined);
  /** The group to which somebody wants to make a link, until that is opened. */
  readonly inviteAsked = new ObservedValue<string | undefined>(undefined);
  readonly #snapshot: ObservedValue<SessionSnapshot>;
  readonly #disposables = new Disposables();
  readonly #signedOut: () => void;
  #warned = false;
  #leaving = false;
  #disposed = false;
  #unsaved: number | "unknown" | undefined;

  /**
   * @param home stays open when the session is disposed of: another one, in another language, may take it over
   * @param signedOut called once nothing of the account is left here
   * @param ended called when the server no longer takes this account's session
   */
  constructor(
    account: SignedInAccount,
    home: EngineHome,
    ports: SessionPorts,
    signedOut: () => void,
    ended: () => void,
  ) {
    this.account = account;
    this.#ports = ports;
    this.#signedOut = () => {
      signedOut();
      // After the open conversation has parted with its draft.
      this.#conversationPorts.keeper.clearAll();
      this.#conversationPorts.emojis.forget();
    };
    this.#home = home;
    const { engine } = home;
    const { clock, texts, format, router } = ports;
    this.inspector = { words: ports.inspectorTexts, inspector: home.inspector, clock, saveFile: ports.saveFile };
    this.inspecting = ports.inspecting;
    this.notices = new Notices(clock);
    this.pictures = new GroupPictures(engine, ports.pictureAddresses);
    this.updates = ports.updates;
    const found = new FoundPeople((query) => ports.accounts.findPeople(query));
    this.dialogsParts = {
      ports,
      account,
      home: this.#home,
      notices: this.notices,
      findPeople: found.find,
      goTo: this.goTo,
      startDirect: (person) => this.startDirect(person),
      block: this.block,
      signOut: () => this.#signOut(),
    };
    this.list = new ConversationListViewModel({
      conversations: engine.conversations,
      connection: engine.connection,
      route: router.route,
      clock,
      texts,
      format,
      whenSeen: ports.whenSeen,
    });
    this.connection = new ConnectionViewModel({
      connection: engine.connection,
      home: this.#home.state,
      conversations: engine.conversations,
      outbox: engine.outbox,
      clock,
      texts,
      announce: (text) => this.notices.announce(text),
    });
    this.#conversationPorts = {
      engine,
      handOff: (post) => this.#home.handOff(post),
      account: engine.account,
      clock,
      texts,
      format,
      whenSeen: ports.whenSeen,
      notices: this.notices,
      attention: ports.attention,
      emojis: ports.emojis(account.account),
      keeper: ports.draftKeeper(account.account),
      places: new KeptPlaces(),
      newId: ports.newId,
      copyText: ports.copyText,
    };
    this.#snapshot = new ObservedValue<SessionSnapshot>({
      conversation: this.#openRouted(),
      account: engine.account.get(),
      home: this.#home.state.get(),
    });
    const ask = (asked: ReminderAsked) => this.reminderAsked.set(asked);
    const reminders = new ReminderNotices({ engine, texts, notices: this.notices, ask });
    const leftOut = new LeftOutNotices({
      engine,
      attention: ports.attention,
      texts,
      notices: this.notices,
      nameOf: found.nameOf,
      invite: (conversation) => this.inviteAsked.set(conversation),
    });
    this.#disposables.add(
      reminders.dispose,
      leftOut.dispose,
      this.pictures.dispose,
      this.#home.state.subscribe(() => this.#homeChanged()),
      // A server that was away may have come back as another version.
      engine.connection.subscribe(() => {
        if (engine.connection.get().kind === "online") this.updates.look();
      }),
      engine.connection.subscribe(() => {
        const { kind } = engine.connection.get();
        if (kind === "signed-out" || kind === "device-closed") ended();
      }),
      engine.conversations.subscribe(() => {
        // There is something worth keeping now.
        if (engine.conversations.get().pending > 0) ports.keptStorage.ask();
      }),
      engine.account.subscribe(() => this.#snapshot.change({ account: engine.account.get() })),
      router.route.subscribe(() => this.#routeChanged()),
      () => this.list.dispose(),
      () => this.connection.dispose(),
      () => this.get().conversation?.dispose(),
    );
    if (!ports.secure) this.notices.show(texts.store.insecure);
    this.#homeChanged();
    this.#askForThread();
  }

  /** Which language it speaks. */
  get language(): string {
    return this.#ports.code;
  }

  /** Whose session it is. */
  get owner(): string {
    return this.account.account;
  }

  get = (): SessionSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => {
    this.#disposed = true;
    this.#disposables.dispose();
  };

  goTo = (conversation: string | undefined): void => this.#ports.router.go({ conversation });
  /** What the search in a conversation needs. */
  searchPorts({ id, changes }: ConversationViewModel): SearchPorts {
    const { clock, texts, format } = this.#ports;
    return { conversation: id, engine: this.#home.engine, changes, clock, texts, format };
  }

  /** Whether this tab was opened with a link to a group, and that is not settled. */
  get isInvited(): boolean {
    return this.#ports.inviteLinks.opened !== undefined;
  }

  /** Whether a service worker keeps the files of the app: it takes an address that browsers trust. */
  get keepsFiles(): boolean {
    return this.#ports.secure;
  }

  openEmojis = (): Promise<unknown> => this.#conversationPorts.emojis.open();

  /** Opens a conversation at one of its messages, which may get the focus. */
  showMessage = (conversation: string, id: string, ordinal: number, focus = false): void => {
    this.goTo(conversation);
    void this.get().conversation?.going.showMessage(id, ordinal, focus);
  };

  /** Tells by the system what is due, unless it is done meanwhile. */
  async remind({ tag, due }: DueReminders): Promise<void> {
    const { notifications, texts } = this.#ports;
    const { engine } = this.#home;
    const text = await reminderText(due, { engine, texts });
    const [item, ...others] = due;
    const isDue = (engine.account.get().reminders ?? []).some(
      ({ message, state }) => message === item.message && state === "due",
    );
    if (!isDue || this.#disposed) return;
    notifications.remind(tag, text, () => {
      this.reminderAsked.set(others.length > 0 ? { kind: "list" } : { kind: "open", item });
    });
  }

  /** Opens what is written below a message. It is of whoever opened it, to be disposed of. */
  openThread = (thread: OpenedThread) => new ThreadModel(thread, this.#conversationPorts);

  announce = (text: string): void => this.notices.announce(text);
  reconnect = (): void => this.#home.engine.reconnect();
  rebuild = (): void => this.#home.rebuild();

  /** What is open is left when it is marked: who looks at it has read it. */
  markUnread = (conversation: string, unread: boolean): void => {
    const { engine } = this.#home;
    if (!unread) markAllRead(engine, conversation);
    else if (this.get().conversation?.id === conversation) this.goTo(undefined);
    const isMarked =
      engine.conversations.get().conversations.find(({ id }) => id === conversation)?.markedUnread === true;
    if (unread !== isMarked) this.#prefer(conversation, { kind: "mark-unread", unread });
  };

  pin = (conversation: string, pinned: boolean): void => this.#prefer(conversation, { kind: "pin", pinned });

  mute = (conversation: string, length: MuteLength | undefined): void => {
    const until = length === undefined ? 0 : muteEnd(length, this.#ports.clock.now());
    this.#prefer(conversation, { kind: "mute", until });
  };

  archive = (conversation: string, archived: boolean): void =>
    this.#prefer(conversation, { kind: "archive", archived });

  answerRequest = (conversation: string, accept: boolean): void => {
    if (!accept && this.get().conversation?.id === conversation) this.goTo(undefined);
    this.#prefer(conversation, { kind: "answer-request", accept });
  };

  clear = (conversation: string, unlists: boolean): void => {
    const { newId, texts } = this.#ports;
    if (unlists && this.get().conversation?.id === conversation) this.goTo(undefined);
    void this.notices.attempt(this.#home.engine.clear(newId(), conversation, unlists), texts.conversation.actionFailed);
  };

  block = (account: string, blocked: boolean): void => {
    const { newId, texts } = this.#ports;
    void this.notices.attempt(this.#home.engine.block(newId(), account, blocked), texts.conversation.actionFailed);
  };

  #prefer(conversation: string, change: PreferenceChange): void {
    const { newId, texts } = this.#ports;
    void this.notices.attempt(this.#home.engine.prefer(newId(), conversation, change), texts.conversation.actionFailed);
  }

  leave = (conversation: string): void => {
    const { newId, texts } = this.#ports;
    void this.notices.attempt(this.#home.engine.leave(newId(), conversation), texts.conversation.actionFailed);
  };

  async startDirect(account: string): Promise<void> {
    const { newId, texts } = this.#ports;
    const start = this.#home.engine.startDirect(newId(), account).then(this.goTo);
    await this.notices.attempt(start, texts.conversation.actionFailed);
  }

  /** Here first: what is kept on this device goes even without a network. */
  async #signOut(): Promise<void> {
    this.#leaving = true;
    try {
      await this.#ports.accounts.signOut(this.account.account, async () => {
        try {
          await this.#home.signOut();
        } catch (error) {
          // Another tab may have been told first, and this one have followed it before its own answer came.
          if (this.#home.state.get().kind !== "signed-out" && !this.#disposed) throw error;
        }
        this.#signedOut();
      });
    } finally {
      this.#leaving = false;
    }
  }

  #homeChanged(): void {
    const home = this.#home.state.get();
    if (home.kind === "signed-out") {
      // Where this tab does it, it is not over yet.
      if (!this.#leaving) this.#signedOut();
      return;
    }
    if (home.kind === "running" && home.unsaved !== undefined && home.unsaved !== this.#unsaved) {
      this.#unsaved = home.unsaved;
      this.notices.show(this.#ports.texts.store.unsaved(home.unsaved), "problem");
    }
    if (home.kind === "running" && !home.kept && !this.#warned) {
      this.#warned = true;
      this.notices.show(this.#ports.texts.store.notKept, "problem");
    }
    this.#snapshot.change({ home });
  }

  #routeChanged(): void {
    const before = this.get().conversation;
    if (this.#ports.router.route.get().conversation !== before?.id) {
      this.#snapshot.change({ conversation: this.#openRouted() });
      before?.dispose();
    }
    this.#askForThread();
  }

  /** An address leads to a thread once: one that is open has none. */
  #askForThread(): void {
    const { router } = this.#ports;
    const { conversation, thread: root } = router.route.get();
    if (conversation === undefined || root === undefined) return;
    this.threadAsked.set({ conversation, root });
    router.replace({ conversation });
  }

  #openRouted(): ConversationViewModel | undefined {
    const { conversation } = this.#ports.router.route.get();
    return conversation === undefined ? undefined : new ConversationViewModel(conversation, this.#conversationPorts);
  }
}
