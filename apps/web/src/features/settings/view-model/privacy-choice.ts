import type { AccountView, Observable, PrivacyView } from "@parley/client";
import type { Texts } from "../../../texts/en.ts";
import type { Notices } from "../../notices/view-model/notices.ts";
import type { AccountSettings } from "./devices.ts";

export interface PrivacyItem {
  /** Whether the server has told how it is. */
  readonly known: boolean;
  readonly readReceipts: boolean;
  readonly presence: boolean;
}

export interface PrivacyPorts {
  readonly account: Observable<AccountView>;
  readonly settings: Pick<AccountSettings, "setPrivacy">;
  readonly notices: Notices;
  readonly texts: Texts;
}

/** What others learn of one, as it is, or as it is being changed. */
export class PrivacyChoice {
  readonly #ports: PrivacyPorts;
  readonly #changed: () => void;
  /** What was chosen, until the account says it or it failed. */
  #wanted: Partial<PrivacyView> = {};

  constructor(ports: PrivacyPorts, changed: () => void) {
    this.#ports = ports;
    this.#changed = changed;
  }

  get item(): PrivacyItem {
    const { privacy } = this.#ports.account.get();
    if (privacy === undefined) return { known: false, readReceipts: false, presence: false };
    const { hidesReads, hidesPresence } = { ...privacy, ...this.#wanted };
    return { known: true, readReceipts: !hidesReads, presence: !hidesPresence };
  }

  /** The account has changed: what it says counts. */
  follow(): void {
    const { privacy } = this.#ports.account.get();
    const { hidesReads = privacy?.hidesReads, hidesPresence = privacy?.hidesPresence } = this.#wanted;
    if (privacy?.hidesReads === hidesReads && privacy?.hidesPresence === hidesPresence) this.#wanted = {};
  }

  set = async (change: Partial<PrivacyView>): Promise<void> => {
    const { settings, notices, texts } = this.#ports;
    const wanted = { ...this.#wanted, ...change };
    this.#wanted = wanted;
    this.#changed();
    const done = await notices.attempt(settings.setPrivacy(change), texts.settings.privacyFailed);
    if (!done && this.#wanted === wanted) this.#wanted = {};
    this.#changed();
  };
}
