import type { PrivacyView } from "@parley/client";
import type { SettingsPorts } from "./settings-view-model.ts";

export interface PrivacyItem {
  /** Whether the server has told how it is. */
  readonly known: boolean;
  readonly readReceipts: boolean;
}

/** What others learn of one, as it is, or as it is being changed. */
export class PrivacyChoice {
  readonly #ports: Pick<SettingsPorts, "account" | "settings" | "notices" | "texts">;
  readonly #changed: () => void;
  /** What was chosen, until the account says it or it failed. */
  #wanted: Partial<PrivacyView> = {};

  constructor(ports: Pick<SettingsPorts, "account" | "settings" | "notices" | "texts">, changed: () => void) {
    this.#ports = ports;
    this.#changed = changed;
  }

  get item(): PrivacyItem {
    const { privacy } = this.#ports.account.get();
    const hidesReads = this.#wanted.hidesReads ?? privacy?.hidesReads ?? false;
    return { known: privacy !== undefined, readReceipts: privacy !== undefined && !hidesReads };
  }

  /** The account has changed. */
  follow(): void {
    if (this.#ports.account.get().privacy?.hidesReads === this.#wanted.hidesReads) this.#wanted = {};
  }

  setReadReceipts = async (on: boolean): Promise<void> => {
    const { settings, notices, texts } = this.#ports;
    const wanted = { hidesReads: !on };
    this.#wanted = wanted;
    this.#changed();
    const done = await notices.attempt(settings.setPrivacy(wanted), texts.settings.privacyFailed);
    if (!done && this.#wanted === wanted) this.#wanted = {};
    this.#changed();
  };
}
