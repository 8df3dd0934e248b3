import type { ConversationView, Engine, Observable } from "@parley/client";
import type { DueReminders } from "../engine-side/due-reminders.ts";

/** What a host has to know of the tab that it serves. */
export interface TabContext {
  /** Whether a person can be looking at this tab: visible, and its window focused. */
  readonly attention: Observable<boolean>;
  /** Calls whenever a person may be looking at this tab again. Returns how to stop. */
  whenSeen(listener: () => void): () => void;
  /** Tells the person what was written in this conversation, or thread of its parent, if they want to be told. */
  notify(conversation: ConversationView, parent: ConversationView | undefined): void;
  /** Tells the person what they are to be reminded of now, if they want to be told. */
  remind(reminders: DueReminders): void;
  /** What was told under this tag, if anything, is read or done. */
  withdraw(tag: string): void;
  /** Whether the account is still signed in in this browser: another tab may have signed out. */
  isSignedIn(): boolean;
  /** Sees to it that what waits is sent, should all tabs be closed before it is. Returns how to stop. */
  outlive(account: string, engine: Pick<Engine, "connection" | "conversations">): () => void;
}
