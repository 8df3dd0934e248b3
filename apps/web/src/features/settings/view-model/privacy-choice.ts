import type { AccountView, Observable, PrivacyView } from "@parley/client";
import type { Texts } from "../../../texts/en.ts";
import type { Notices } from "../../notices/view-model/notices.ts";
import type { AccountSettings } from "./devices.ts";

export interface PrivacyItem {
  /** Whether the server has told how it is. */
  readonly known: boolean;
  readonly readReceipts: boolean;
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
