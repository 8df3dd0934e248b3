import type { ConversationView } from "@parley/client";
import type { Notifications, NotificationsState } from "../features/settings/view-model/notifications.ts";
import { ObservedValue } from "../observable/observed-value.ts";
import { oneLine } from "../rich-text/one-line.ts";
import { conversationTitle } from "../texts/conversation-titles.ts";
import type { Texts } from "../texts/en.ts";
import { isolatedName } from "../texts/isolated-name.ts";

const KEY = "parley.notifications";
const ICON = "/icon-192.png";
/** Systems show less. */
const CHARACTERS = 240;

type NotifyingWindow = Pick<Window, "addEventListener" | "focus" | "isSecureContext">;
type KeyedStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The notifications of the system, one for each conversation and each reminder. Off until somebody switches them on. */
export class BrowserNotifications implements Notifications {
  readonly state: ObservedValue<NotificationsState>;
  readonly #window: NotifyingWindow;
  readonly #storage: KeyedStorage;
  readonly #texts: () => Texts;
  readonly #open: (conversation: ConversationView) => void;
  readonly #shown = new Map<string, Notification>();
  /** The browser has the name, and shows only what is pushed. */
  #onlyPushed = false;

  /** @param open called with the conversation or thread whose notification was clicked */
  constructor(
    window: NotifyingWindow,
    storage: KeyedStorage,
    texts: () => Texts,
    open: (conversation: ConversationView) => void,
  ) {
    this.#window = window;
    this.#storage = storage;
    this.#texts = texts;
    this.#open = open;
    this.state = new ObservedValue(this.#read());
    // Switched in another tab.
    window.addEventListener("storage", ({ key }) => key === KEY && this.#update());
  }

  async switchOn(): Promise<void> {
    if (!canNotify()) return;
    if ((await Notification.requestPermission()) === "granted") this.#storage.setItem(KEY, "on");
    this.#update();
  }

  switchOff(): void {
    this.#storage.removeItem(KEY);
    this.#update();
  }

  /** @param parent of a thread: what it belongs to */
  notify(conversation: ConversationView, parent?: ConversationView): void {
    if (this.#read() !== "on") return;
    const { newest } = conversation;
    const texts = this.#texts();
    const words = texts.notifications;
    const said =
      newest === undefined || newest.mine || newest.text === ""
        ? words.something
        : oneLine(newest.text, newest.mentions, CHARACTERS);
    const body =
      conversation.kind === "direct" || newest?.mine ? said : words.by(isolatedName(newest?.authorName ?? ""), said);
    const title = conversationTitle(parent ?? conversation, texts);
    const shownTitle = parent === undefined ? title : texts.threads.of(title);
    this.#show(conversation.id, shownTitle, body, () => this.#open(conversation));
  }

  remind(tag: string, text: string, open: () => void): void {
    if (this.#read() === "on") this.#show(tag, this.#texts().app.name, text, open);
  }

  withdraw(tag: string): void {
    this.#shown.get(tag)?.close();
    this.#shown.delete(tag);
  }

  /** In place of what is shown under this tag. */
  #show(tag: string, title: string, body: string, open: () => void): void {
    const notification = this.#made(title, { body, tag, icon: ICON });
    if (notification === undefined) return;
    this.#shown.set(tag, notification);
    notification.onclick = () => {
      this.#window.focus();
      open();
      notification.close();
    };
  }

  #made(title: string, options: NotificationOptions): Notification | undefined {
    try {
      return new Notification(title, options);
    } catch {
      this.#onlyPushed = true;
      this.#update();
      return undefined;
    }
  }

  readonly #update = (): void => this.state.set(this.#read());

  #read(): NotificationsState {
    if (this.#onlyPushed || !canNotify() || !this.#window.isSecureContext) return "unavailable";
    if (Notification.permission === "denied") return "blocked";
    return Notification.permission === "granted" && this.#storage.getItem(KEY) === "on" ? "on" : "off";
  }
}

/** Mobile browsers have the name, but show notifications only for what is pushed. Some say that they are none. */
function canNotify(): boolean {
  return "Notification" in globalThis && !/Android|iPhone|iPad/.test(navigator.userAgent);
}
