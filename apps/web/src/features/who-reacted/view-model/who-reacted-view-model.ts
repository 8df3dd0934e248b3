import type { Observable, ReactionView, ReactorView } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";

export interface WhoReactedSnapshot {
  /** By emoji. */
  readonly groups: readonly ReactionGroup[];
}

export interface ReactionGroup {
  readonly emoji: string;
  /** "👍 2 people" */
  readonly title: string;
  /** Oneself first, the others in the order in which they reacted. */
  readonly people: readonly ReactorLine[];
}

export interface ReactorLine {
  readonly account: string;
  readonly name: string;
  readonly mine: boolean;
  /** The name, and that it is oneself. */
  readonly label: string;
}

export interface WhoReactedPorts {
  /** One's own. */
  readonly account: string;
  readonly changes: Pick<Observable<unknown>, "subscribe">;
  readonly reactions: () => readonly ReactionView[];
  /** Takes one's own reaction back. */
  readonly remove: (emoji: string) => void;
  /** The emoji that is asked about first, if any. */
  readonly first: string | undefined;
  readonly texts: Texts;
}

/** Who reacted to one message, and with what. */
export class WhoReactedViewModel implements Observable<WhoReactedSnapshot> {
  readonly #ports: WhoReactedPorts;
  readonly #snapshot: ObservedValue<WhoReactedSnapshot>;
  readonly #leave: () => void;
  #drawn: readonly ReactionView[];

  constructor(ports: WhoReactedPorts) {
    this.#ports = ports;
    this.#drawn = ports.reactions();
    this.#snapshot = new ObservedValue(this.#draw());
    this.#leave = ports.changes.subscribe(() => this.#update());
  }

  get = (): WhoReactedSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#leave();

  remove = (emoji: string): void => this.#ports.remove(emoji);

  #update(): void {
    const reactions = this.#ports.reactions();
    if (reactions === this.#drawn) return;
    this.#drawn = reactions;
    this.#snapshot.set(this.#draw());
  }

  #draw(): WhoReactedSnapshot {
    const { first } = this.#ports;
    const asked = this.#drawn.filter(({ emoji }) => emoji === first);
    const others = this.#drawn.filter(({ emoji }) => emoji !== first);
    return { groups: [...asked, ...others].map((reaction) => this.#group(reaction)) };
  }

  #group({ emoji, people }: ReactionView): ReactionGroup {
    const { account, texts } = this.#ports;
    const lines = people.map((person) => this.#line(person));
    const mine = lines.filter((line) => line.account === account);
    const others = lines.filter((line) => line.account !== account);
    return { emoji, title: texts.whoReacted.group(emoji, people.length), people: [...mine, ...others] };
  }

  #line({ account, displayName }: ReactorView): ReactorLine {
    const { texts } = this.#ports;
    const mine = account === this.#ports.account;
    const name = displayName || texts.common.unknownPerson;
    return { account, name, mine, label: mine ? texts.whoReacted.you(name) : name };
  }
}
