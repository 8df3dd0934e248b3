import type { AccountView, Clock, ConversationListView, Observable } from "@parley/client";
import { limits } from "@parley/protocol";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";
import type { LanguageChoice } from "../../../texts/languages.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import { type BlockedItem, blockedItems } from "../../blocking/view-model/blocked-item.ts";
import type { LanguageSetting } from "../../language/view-model/language-setting.ts";
import type { Notices } from "../../notices/view-model/notices.ts";
import type { Accent, Appearance, Density, Theme } from "./appearance.ts";
import type { AccountSettings, SignedInDevice } from "./devices.ts";
import type { LocalStorage } from "./local-storage.ts";
import type { Notifications, NotificationsState } from "./notifications.ts";
import { PrivacyChoice, type PrivacyItem } from "./privacy-choice.ts";

export interface SettingsSnapshot {
  readonly account: AccountView;
  /** As it is being typed. */
  readonly displayName: string;
  readonly displayNameError: string | undefined;
  readonly canSaveName: boolean;
  readonly theme: Theme;
  readonly density: Density;
  readonly accent: Accent;
  readonly language: LanguageChoice;
  readonly notifications: NotificationsState;
  readonly inspecting: boolean;
  readonly privacy: PrivacyItem;
  readonly blocked: readonly BlockedItem[];
  readonly devices: "loading" | "failed" | readonly DeviceItem[];
  /** One is an admin of the server. */
  readonly readsReports: boolean;
  /** Commands that signing out would lose. */
  readonly pending: number;
  readonly signingOut: boolean;
  /** What becomes of what this device keeps, in words. */
  readonly storage: string;
}

export interface DeviceItem {
  readonly id: string;
  readonly name: string;
  readonly seen: string;
  readonly current: boolean;
}

export interface SettingsPorts {
  readonly account: Observable<AccountView>;
  readonly conversations: Observable<ConversationListView>;
  readonly settings: AccountSettings;
  readonly appearance: Appearance;
  readonly language: LanguageSetting;
  readonly notifications: Notifications;
  readonly inspecting: ObservedValue<boolean>;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly format: TimeFormat;
  readonly notices: Notices;
  readonly storage: LocalStorage;
  readonly block: (account: string, blocked: boolean) => void;
  /** Rejects if what is kept here could not be removed. */
  readonly signOut: () => Promise<void>;
}

export class SettingsViewModel implements Observable<SettingsSnapshot> {
  readonly #ports: SettingsPorts;
  readonly #snapshot: ObservedValue<SettingsSnapshot>;
  readonly #disposables = new Disposables();
  readonly #privacy: PrivacyChoice;
  /** Undefined until it is edited. */
  #name: string | undefined;
  #devices: SettingsSnapshot["devices"] = "loading";
  #readsReports = false;
  #signingOut = false;

  constructor(ports: SettingsPorts) {
    this.#ports = ports;
    this.#privacy = new PrivacyChoice(ports, () => this.#update());
    this.#snapshot = new ObservedValue(this.#draw());
    this.#disposables.add(
      ports.account.subscribe(() => {
        this.#privacy.follow();
        this.#update();
      }),
      ports.conversations.subscribe(this.#update),
      ports.appearance.theme.subscribe(this.#update),
      ports.appearance.density.subscribe(this.#update),
      ports.appearance.accent.subscribe(this.#update),
      ports.language.choice.subscribe(this.#update),
      ports.notifications.state.subscribe(this.#update),
      ports.inspecting.subscribe(this.#update),
    );
    this.#disposables.add(ports.storage.report.subscribe(this.#update));
    ports.storage.refresh();
    void this.loadDevices();
    void this.#askWhetherAdmin();
  }

  get = (): SettingsSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#disposables.dispose();

  setReadReceipts = (on: boolean): void => void this.#privacy.set({ hidesReads: !on });
  setPresence = (on: boolean): void => void this.#privacy.set({ hidesPresence: !on });
  unblock = (account: string): void => this.#ports.block(account, false);
  setInspecting = (on: boolean): void => this.#ports.inspecting.set(on);
  setTheme = (theme: Theme): void => this.#ports.appearance.theme.set(theme);
  setDensity = (density: Density): void => this.#ports.appearance.density.set(density);
  setAccent = (accent: Accent): void => this.#ports.appearance.accent.set(accent);

  setLanguage = async (choice: LanguageChoice): Promise<void> => {
    const { language, notices, texts } = this.#ports;
    await notices.attempt(language.choose(choice), texts.language.failed);
  };

  setNotifications = (on: boolean): void => {
    const { notifications } = this.#ports;
    if (on) void notifications.switchOn();
    else notifications.switchOff();
  };

  setDisplayName = (name: string): void => {
    this.#name = name;
    this.#update();
  };

  saveDisplayName = async (): Promise<void> => {
    const { canSaveName, displayName } = this.get();
    if (!canSaveName) return;
    const { settings, notices, texts } = this.#ports;
    const saved = await notices.attempt(settings.setDisplayName(displayName.trim()), texts.settings.saveFailed);
    if (saved) notices.show(texts.settings.saved);
  };

  loadDevices = async (): Promise<void> => {
    this.#setDevices("loading");
    try {
      const devices = await this.#ports.settings.devices();
      this.#setDevices(devices.map((device) => this.#deviceItem(device)));
    } catch {
      this.#setDevices("failed");
    }
  };

  revoke = async (device: DeviceItem): Promise<void> => {
    const { settings, notices, texts } = this.#ports;
    const revoked = await notices.attempt(settings.revokeDevice(device.id), texts.settings.revokeFailed);
    if (!revoked) return;
    notices.show(texts.settings.revoked(device.name));
    await this.loadDevices();
  };

  signOut = async (): Promise<void> => {
    this.#signingOut = true;
    this.#update();
    await this.#ports.notices.attempt(this.#ports.signOut(), this.#ports.texts.settings.signOutFailed);
    this.#signingOut = false;
    this.#update();
  };

  /** Where the server does not say, nothing is offered. */
  async #askWhetherAdmin(): Promise<void> {
    this.#readsReports = await this.#ports.settings.readsReports().catch(() => false);
    this.#update();
  }

  #setDevices(devices: SettingsSnapshot["devices"]): void {
    this.#devices = devices;
    this.#update();
  }

  #deviceItem({ id, name, lastSeenAt, current }: SignedInDevice): DeviceItem {
    const { texts, format, clock } = this.#ports;
    const seen = current ? texts.settings.thisDevice : texts.settings.lastSeen(format.seen(lastSeenAt, clock.now()));
    return { id, name: name === "" ? texts.settings.unnamedDevice : name, seen, current };
  }

  #storageText(): string {
    const { storage, texts } = this.#ports;
    const report = storage.report.get();
    const { storageKept, storageTemporary, storageUnknown, storageUsed } = texts.settings;
    if (report === undefined) return storageUnknown;
    const words = report.kept ? storageKept : storageTemporary;
    return report.usedBytes === undefined ? words : `${words} ${storageUsed(report.usedBytes / 1_000_000)}`;
  }

  readonly #update = (): void => this.#snapshot.set(this.#draw());

  #draw(): SettingsSnapshot {
    const { texts, format, clock } = this.#ports;
    const account = this.#ports.account.get();
    const displayName = this.#name ?? account.displayName;
    const wanted = displayName.trim();
    const long = wanted.length > limits.displayNameCharacters;
    return {
      account,
      displayName,
      displayNameError: long ? this.#ports.texts.accounts.errors.displayName : undefined,
      canSaveName: wanted !== "" && !long && wanted !== account.displayName,
      theme: this.#ports.appearance.theme.get(),
      density: this.#ports.appearance.density.get(),
      accent: this.#ports.appearance.accent.get(),
      language: this.#ports.language.choice.get(),
      notifications: this.#ports.notifications.state.get(),
      inspecting: this.#ports.inspecting.get(),
      privacy: this.#privacy.item,
      blocked: blockedItems(account, texts, format, clock.now()),
      devices: this.#devices,
      readsReports: this.#readsReports,
      pending: this.#ports.conversations.get().pending,
      signingOut: this.#signingOut,
      storage: this.#storageText(),
    };
  }
}
