import type { Clock, Observable } from "@parley/client";
import type { SignedInAccount } from "../features/accounts/view-model/accounts.ts";
import type { DraftKeeper } from "../features/conversation/view-model/draft-keeper.ts";
import type { Emojis } from "../features/emoji/view-model/emojis.ts";
import type { InviteLinks } from "../features/join/view-model/invite-links.ts";
import type { LanguageSetting } from "../features/language/view-model/language-setting.ts";
import type { Appearance } from "../features/settings/view-model/appearance.ts";
import type { LocalStorage } from "../features/settings/view-model/local-storage.ts";
import type { Notifications } from "../features/settings/view-model/notifications.ts";
import type { AppUpdates } from "../features/updates/view-model/app-updates.ts";
import type { ObservedValue } from "../observable/observed-value.ts";
import type { Speech } from "../texts/speech.ts";
import type { AccountMemory } from "./account-memory.ts";
import type { AccountService } from "./account-service.ts";
import type { EngineHome } from "./engine-home.ts";
import type { PictureAddresses } from "./group-pictures.ts";
import type { Router } from "./router.ts";

/** What the app needs of the world round it. */
export interface AppPorts {
  readonly accounts: AccountService;
  readonly memory: AccountMemory;
  readonly openEngine: (account: SignedInAccount) => EngineHome;
  readonly draftKeeper: (account: string) => DraftKeeper;
  readonly emojis: (account: string) => Emojis;
  readonly router: Router;
  readonly clock: Clock;
  /** Whether the page came over a connection that browsers trust. */
  readonly secure: boolean;
  readonly attention: Observable<boolean>;
  /** Calls whenever a person may be looking at the page again. Returns how to stop. */
  readonly whenSeen: (listener: () => void) => () => void;
  readonly appearance: Appearance;
  readonly keptStorage: LocalStorage & {
    /** Asks the browser to keep what is stored, once. */
    ask(): void;
  };
  readonly notifications: Notifications & {
    /** Tells of reminders, where that is switched on. */
    remind(tag: string, text: string, open: () => void): void;
  };
  /** Whether the protocol inspector is wanted. */
  readonly inspecting: ObservedValue<boolean>;
  /** Gives a text file to the person. */
  readonly saveFile: (name: string, text: string) => void;
  readonly updates: AppUpdates;
  readonly language: LanguageSetting;
  /** In the language that is spoken. */
  readonly speech: Observable<Speech>;
  /** A fresh UUIDv7. */
  readonly newId: () => string;
  readonly inviteLinks: InviteLinks;
  readonly copyText: (text: string) => Promise<void>;
  readonly pictureAddresses: PictureAddresses;
}

/** What one session needs of it, all in one language. */
export type SessionPorts = Omit<AppPorts, "speech"> & Speech;
