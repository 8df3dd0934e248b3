import type { Clock, PersonView } from "@parley/client";
import type { Texts } from "../../../texts/en.ts";
import type { Emojis } from "../../emoji/view-model/emojis.ts";
import type { Notices } from "../../notices/view-model/notices.ts";
import { Completions } from "./completions.ts";
import type { ComposerViewModel } from "./composer-view-model.ts";
import { LimitVoice } from "./limit-voice.ts";

export interface WritingPorts {
  readonly clock: Clock;
  readonly texts: Texts;
  readonly notices: Notices;
  readonly emojis: Emojis;
  /** Whom a message may name: the members but oneself, and all of them at once. */
  people(): readonly Pick<PersonView, "account" | "userName" | "displayName">[];
}

/** What helps whoever writes in the composer. */
export class Writing {
  readonly emojis: Emojis;
  readonly completions: Completions;
  readonly #composer: ComposerViewModel;
  readonly #ports: WritingPorts;
  readonly #stop: () => void;

  constructor(composer: ComposerViewModel, ports: WritingPorts) {
    this.#composer = composer;
    this.#ports = ports;
    this.emojis = ports.emojis;
    this.completions = new Completions(ports);
    const voice = new LimitVoice(ports.clock, () => this.sayLeft());
    const unsubscribe = composer.subscribe(() => {
      voice.changed(composer.get());
      this.completions.follow(composer.get().text);
    });
    this.#stop = () => {
      unsubscribe();
      voice.dispose();
    };
  }

  /** Reads aloud how much room is left, or how much is too long. */
  sayLeft = (): void => {
    const { left } = this.#composer.get();
    if (left !== undefined) this.#ports.notices.announce(roomText(left, this.#ports.texts));
  };

  /** Somebody pasted or dropped files. */
  refuseFiles = (): void => this.#ports.notices.show(this.#ports.texts.conversation.noFiles);

  dispose = (): void => this.#stop();
}

/** @param left below 0 where it is too long */
export function roomText(left: number, { conversation }: Texts): string {
  return left < 0 ? conversation.tooLong(-left) : conversation.left(left);
}
