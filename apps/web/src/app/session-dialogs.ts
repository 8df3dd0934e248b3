import type { ThreadPlace } from "@parley/client";
import { AccountViewModel } from "../features/accounts/view-model/account-view-model.ts";
import type { SignedInAccount } from "../features/accounts/view-model/accounts.ts";
import type { ConversationViewModel } from "../features/conversation/view-model/conversation-view-model.ts";
import { EditHistoryViewModel } from "../features/edit-history/view-model/edit-history-view-model.ts";
import { ForwardViewModel } from "../features/forward/view-model/forward-view-model.ts";
import { GroupInfoViewModel } from "../features/group-info/view-model/group-info-view-model.ts";
import { JoinViewModel } from "../features/join/view-model/join-view-model.ts";
import { MentionsViewModel } from "../features/mentions/view-model/mentions-view-model.ts";
import { MessageInfoViewModel } from "../features/message-info/view-model/message-info-view-model.ts";
import { NewConversationViewModel } from "../features/new-conversation/view-model/new-conversation-view-model.ts";
import type { Notices } from "../features/notices/view-model/notices.ts";
import { OutboxViewModel } from "../features/outbox/view-model/outbox-view-model.ts";
import type { FindPeople } from "../features/people/view-model/person.ts";
import { RemindersViewModel } from "../features/reminders/view-model/reminders-view-model.ts";
import { ReportViewModel } from "../features/report/view-model/report-view-model.ts";
import { ReportsViewModel } from "../features/reports/view-model/reports-view-model.ts";
import { SavedViewModel } from "../features/saved/view-model/saved-view-model.ts";
import { PickTimeViewModel } from "../features/scheduled/view-model/pick-time-view-model.ts";
import { proposedTimes, reminderTimes } from "../features/scheduled/view-model/proposed-times.ts";
import { ScheduledViewModel } from "../features/scheduled/view-model/scheduled-view-model.ts";
import { SettingsViewModel } from "../features/settings/view-model/settings-view-model.ts";
import { SwitcherViewModel } from "../features/switcher/view-model/switcher-view-model.ts";
import { ThreadsViewModel } from "../features/threads/view-model/threads-view-model.ts";
import { WhoReactedViewModel } from "../features/who-reacted/view-model/who-reacted-view-model.ts";
import type { MessagePlace } from "../places/message-place.ts";
import { squarePicture } from "../platform/square-picture.ts";
import type { SessionPorts } from "./app-ports.ts";
import type { EngineHome } from "./engine-home.ts";

/** What a session lends to what is opened over it. */
export interface SessionDialogsParts {
  readonly ports: SessionPorts;
  readonly account: SignedInAccount;
  readonly home: EngineHome;
  readonly notices: Notices;
  readonly findPeople: FindPeople;
  goTo(conversation: string): void;
  startDirect(account: string): Promise<void>;
  block(account: string, blocked: boolean): void;
  signOut(): Promise<void>;
}

/** A message by its place. */
export interface MessageToRemindOf {
  readonly conversation: string;
  readonly message: string;
}

/** Makes what can be opened over a session. Fetched with what draws it. */
export class SessionDialogs {
  readonly #ports: SessionPorts;
  readonly #parts: SessionDialogsParts;

  constructor(parts: SessionDialogsParts) {
    this.#ports = parts.ports;
    this.#parts = parts;
  }

  newConversation(started: () => void): NewConversationViewModel {
    const { clock, texts, newId } = this.#ports;
    const { engine } = this.#parts.home;
    return new NewConversationViewModel({
      engine,
      account: engine.account,
      findPeople: this.#parts.findPeople,
      clock,
      texts,
      newId,
      started: (conversation) => {
        started();
        this.#parts.goTo(conversation);
      },
    });
  }

  switcher(open: string | undefined, done: () => void): SwitcherViewModel {
    const { clock, texts } = this.#ports;
    return new SwitcherViewModel({
      conversations: this.#parts.home.engine.conversations,
      open,
      account: this.#parts.account.account,
      findPeople: this.#parts.findPeople,
      clock,
      texts,
      go: (to) => {
        done();
        if ("conversation" in to) this.#parts.goTo(to.conversation);
        else void this.#parts.startDirect(to.person);
      },
    });
  }

  /** @param inviting a link is wanted */
  groupInfo(conversation: string, inviting = false): GroupInfoViewModel {
    const { clock, texts, format, newId, inviteLinks, copyText } = this.#ports;
    const { engine } = this.#parts.home;
    const { notices, findPeople } = this.#parts;
    const model = new GroupInfoViewModel({
      conversation,
      engine,
      account: engine.account,
      findPeople,
      clock,
      texts,
      format,
      notices,
      newId,
      linkOf: (code) => inviteLinks.linkOf(code),
      copyText,
      squarePicture,
      block: this.#parts.block,
    });
    if (inviting) model.invites.start();
    return model;
  }

  /** For the link that this tab was opened with, until that is settled; undefined without one. */
  join(done: () => void): JoinViewModel | undefined {
    const { clock, texts, newId, inviteLinks } = this.#ports;
    const code = inviteLinks.opened;
    if (code === undefined) return undefined;
    const settled = (conversation: string | undefined) => {
      inviteLinks.settle();
      done();
      if (conversation !== undefined) this.#parts.goTo(conversation);
    };
    return new JoinViewModel({ code, engine: this.#parts.home.engine, clock, texts, newId, settled });
  }

  /** Undefined where the message is not in the window any more. */
  messageInfo(conversation: ConversationViewModel, message: string): MessageInfoViewModel | undefined {
    const { clock, texts, format } = this.#ports;
    const at = conversation.messages.writtenAt(message);
    if (at === undefined) return undefined;
    const { engine } = this.#parts.home;
    return new MessageInfoViewModel({ engine, conversation: conversation.id, message, at, clock, texts, format });
  }

  editHistory(conversation: string, message: string): EditHistoryViewModel {
    const { clock, texts, format } = this.#ports;
    return new EditHistoryViewModel({ engine: this.#parts.home.engine, conversation, message, clock, texts, format });
  }

  whoReacted(conversation: ConversationViewModel, message: string, emoji: string | undefined): WhoReactedViewModel {
    return new WhoReactedViewModel({
      account: this.#parts.account.account,
      changes: conversation.changes,
      reactions: () => conversation.messages.reactionsTo(message),
      remove: (removed) => conversation.messages.react(message, removed, false),
      first: emoji,
      texts: this.#ports.texts,
    });
  }

  /**
   * Undefined where the message is not in the window any more.
   *
   * @param done it is on its way
   */
  report(conversation: ConversationViewModel, message: string, done: () => void): ReportViewModel | undefined {
    const author = conversation.messages.authorOf(message);
    if (author === undefined) return undefined;
    const { texts, newId } = this.#ports;
    const { engine } = this.#parts.home;
    const { notices } = this.#parts;
    return new ReportViewModel({ engine, conversation: conversation.id, message, author, texts, notices, newId, done });
  }

  /** @param done they are on their way */
  forward({ id, selecting }: ConversationViewModel, messages: readonly string[], done: () => void): ForwardViewModel {
    const { clock, texts, newId } = this.#ports;
    const { engine } = this.#parts.home;
    return new ForwardViewModel({
      engine,
      conversations: engine.conversations,
      from: id,
      messages,
      clock,
      texts,
      notices: this.#parts.notices,
      newId,
      done: () => {
        selecting.end();
        done();
      },
    });
  }

  saved(goTo: (place: MessagePlace) => void): SavedViewModel {
    const { clock, texts, format, newId } = this.#ports;
    return new SavedViewModel({
      engine: this.#parts.home.engine,
      clock,
      texts,
      format,
      notices: this.#parts.notices,
      newId,
      goTo,
    });
  }

  threads(go: (place: ThreadPlace) => void): ThreadsViewModel {
    const { clock, texts, format } = this.#ports;
    return new ThreadsViewModel({ conversations: this.#parts.home.engine.conversations, clock, texts, format, go });
  }

  mentions(goTo: (place: MessagePlace) => void): MentionsViewModel {
    const { clock, texts, format } = this.#ports;
    return new MentionsViewModel({
      engine: this.#parts.home.engine,
      clock,
      texts,
      format,
      goTo,
    });
  }

  /** @param done the time is chosen */
  sendLater({ composer }: ConversationViewModel, done: () => void): PickTimeViewModel {
    const { clock, texts, format } = this.#ports;
    const choose = (at: number) => {
      done();
      composer.schedule(at);
    };
    const { later: title, onServer: hint, schedule: submit } = texts.scheduled;
    const words = { title, hint, submit };
    return new PickTimeViewModel({ clock, texts, format, words, propose: proposedTimes, choose });
  }

  /** @param done the time is chosen */
  remind({ conversation, message }: MessageToRemindOf, done: () => void): PickTimeViewModel {
    const { clock, texts, format, newId } = this.#ports;
    const { home, notices } = this.#parts;
    const choose = (at: number) => {
      done();
      const set = home.engine.remind(newId(), conversation, message, at);
      void notices.attempt(set, texts.conversation.actionFailed);
      notices.announce(texts.reminders.done(format.moment(at, clock.now())));
    };
    const { choose: title, onServer: hint, setTime: submit } = texts.reminders;
    const words = { title, hint, submit };
    return new PickTimeViewModel({ clock, texts, format, words, propose: reminderTimes, choose });
  }

  reminders(goTo: (place: MessagePlace) => void): RemindersViewModel {
    const { clock, texts, format, newId } = this.#ports;
    return new RemindersViewModel({
      engine: this.#parts.home.engine,
      clock,
      texts,
      format,
      notices: this.#parts.notices,
      newId,
      goTo,
    });
  }

  /** @param conversation undefined for all */
  scheduled(conversation: string | undefined): ScheduledViewModel {
    const { clock, texts, format, newId } = this.#ports;
    const { notices, home } = this.#parts;
    return new ScheduledViewModel({ engine: home.engine, conversation, clock, texts, format, notices, newId });
  }

  /** For admins of the server. */
  reports(): ReportsViewModel {
    const { accounts, clock, texts, format } = this.#ports;
    return new ReportsViewModel({ desk: accounts, clock, texts, format, notices: this.#parts.notices });
  }

  outbox(): OutboxViewModel {
    const { clock, texts, format } = this.#ports;
    const now = () => clock.now();
    return new OutboxViewModel({ engine: this.#parts.home.engine, now, texts, format, notices: this.#parts.notices });
  }

  settings(): SettingsViewModel {
    const { accounts, appearance, language, notifications, inspecting, clock, texts, format } = this.#ports;
    const { engine } = this.#parts.home;
    return new SettingsViewModel({
      account: engine.account,
      conversations: engine.conversations,
      settings: accounts,
      appearance,
      language,
      notifications,
      inspecting,
      clock,
      texts,
      format,
      notices: this.#parts.notices,
      storage: this.#ports.keptStorage,
      block: this.#parts.block,
      signOut: () => this.#parts.signOut(),
    });
  }

  /** For the same account, whose local store stays. */
  signInAgain(done: () => void): AccountViewModel {
    const { accounts, clock, texts } = this.#ports;
    const signedIn = () => {
      done();
      // A closed device never opens again: a new one takes over what it had not sent.
      if (this.#parts.home.engine.connection.get().kind === "device-closed") this.#parts.home.rebuild();
      else this.#parts.home.engine.reconnect();
    };
    return new AccountViewModel({ accounts, clock, texts, signedIn, only: this.#parts.account }, { mode: "sign-in" });
  }
}
