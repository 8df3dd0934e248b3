import type { Engine, LeftOutView, Observable } from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import type { Texts } from "../../../texts/en.ts";
import { isolatedName } from "../../../texts/isolated-name.ts";
import type { NoticeAction, Notices } from "../../notices/view-model/notices.ts";

export interface LeftOutNoticesPorts {
  readonly engine: Pick<Engine, "account" | "takeLeftOut">;
  /** Whether a person is looking at this tab. */
  readonly attention: Observable<boolean>;
  readonly texts: Texts;
  readonly notices: Pick<Notices, "show">;
  /** The name of somebody who was found here, and whom the engine does not know. */
  readonly nameOf: (account: string) => string | undefined;
  /** Opens what makes links to a group. */
  readonly invite: (conversation: string) => void;
}

/** Says whom one named for a group and who was not brought there: once on this device, in the tab that is looked at. */
export class LeftOutNotices {
  readonly #ports: LeftOutNoticesPorts;
  readonly #disposables = new Disposables();
  readonly #asked = new Set<string>();

  constructor(ports: LeftOutNoticesPorts) {
    this.#ports = ports;
    const look = () => this.#look();
    this.#disposables.add(ports.engine.account.subscribe(look), ports.attention.subscribe(look));
    look();
  }

  dispose = (): void => this.#disposables.dispose();

  #look(): void {
    const { engine, attention } = this.#ports;
    if (!attention.get()) return;
    for (const left of engine.account.get().leftOut ?? []) {
      if (this.#asked.has(left.id)) continue;
      this.#asked.add(left.id);
      void this.#tell(left);
    }
  }

  async #tell(left: LeftOutView): Promise<void> {
    const { engine, notices } = this.#ports;
    try {
      // In two windows side by side, both can be looked at.
      if (await engine.takeLeftOut(left.id)) notices.show(this.#wordsFor(left), "note", this.#actionsOn(left));
    } catch {
      // It stays where it is, and is looked at again.
      this.#asked.delete(left.id);
    }
  }

  #wordsFor({ people, mayInvite }: LeftOutView): string {
    const { texts, nameOf } = this.#ports;
    const words = texts.leftOut;
    const names = people.map(({ account, displayName }) => displayName || nameOf(account) || "");
    const who = names.includes("") ? words.some(people.length) : words.named(names.map(isolatedName));
    return mayInvite ? words.byLink(who) : words.byOthers(who);
  }

  #actionsOn({ conversation, mayInvite }: LeftOutView): readonly NoticeAction[] | undefined {
    const { texts, invite } = this.#ports;
    return mayInvite ? [{ label: texts.leftOut.invite, act: () => invite(conversation) }] : undefined;
  }
}
