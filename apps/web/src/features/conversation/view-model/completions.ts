import type { Observable, PersonView } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Emojis } from "../../emoji/view-model/emojis.ts";
import { beginsShortcode, type CompletionToken, completionToken, finishedShortcode } from "./completion-token.ts";
import { matchingPeople } from "./matching-people.ts";

export type CompletionOption =
  | { readonly kind: "person"; readonly account: string; readonly userName: string; readonly displayName: string }
  | {
      readonly kind: "emoji";
      readonly text: string;
      readonly name: string /** With colons; empty if it has none. */;
      readonly shortcode: string;
    };

export interface CompletionsSnapshot {
  /** None while nothing is offered. */
  readonly options: readonly CompletionOption[];
  readonly active: number;
}

/** A part of the text, and what takes its place. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface CompletionsPorts {
  /** Whom the text may name: the members but oneself. */
  people(): readonly Pick<PersonView, "account" | "userName" | "displayName">[];
  readonly emojis: Emojis;
}

const MOST_OFFERED = 8;
const NOTHING: CompletionsSnapshot = { options: [], active: 0 };

/** Offers people and emojis for what is being written at the caret. Typing goes on whatever it offers. */
export class Completions implements Observable<CompletionsSnapshot> {
  readonly #ports: CompletionsPorts;
  readonly #snapshot = new ObservedValue(NOTHING);
  #text = "";
  #token: CompletionToken | undefined;
  /** Where the one begins that was closed or has been completed: it is not offered again. */
  #closedAt: number | undefined;

  constructor(ports: CompletionsPorts) {
    this.#ports = ports;
  }

  get = (): CompletionsSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);

  /** Somebody typed. */
  typed = (text: string, caret: number): void => {
    if (this.#ports.emojis.book === undefined && beginsShortcode(text, caret)) this.#fetchEmojis();
    this.#text = text;
    this.#look(completionToken(text, caret));
  };

  /** The emoji in place of a shortcode that was finished with the last character typed. */
  finished = (text: string, caret: number): Replacement | undefined => {
    const { emojis } = this.#ports;
    const token = finishedShortcode(text, caret);
    const emoji = token && emojis.book?.named(token.query);
    if (token === undefined || emoji === undefined) return undefined;
    return this.#emoji(token, emojis.toned(emoji));
  };

  /** The caret went somewhere else. */
  moved = (text: string, caret: number): void => {
    if (this.#token === undefined) return;
    const token = completionToken(text, caret);
    if (text !== this.#text || token?.start !== this.#token.start || token.end !== this.#token.end) this.hide();
  };

  /** The text is this one now, whoever changed it. */
  follow = (text: string): void => {
    if (text !== this.#text) this.hide();
  };

  move = (by: 1 | -1): void => {
    const { options, active } = this.get();
    if (options.length > 0) this.#snapshot.change({ active: (active + by + options.length) % options.length });
  };

  /** What is offered is not wanted. */
  close = (): void => {
    this.#closedAt = this.#token?.start;
    this.hide();
  };

  /** Until something is typed again. */
  hide = (): void => {
    this.#token = undefined;
    this.#snapshot.set(NOTHING);
  };

  /** @param index that of the active one if it is left out */
  choose = (index = this.get().active): Replacement | undefined => {
    const option = this.get().options[index];
    const token = this.#token;
    if (option === undefined || token === undefined) return undefined;
    this.close();
    if (option.kind === "emoji") return this.#emoji(token, option.text);
    const { start, end } = token;
    const spaced = /^\s/u.test(this.#text.slice(end, end + 1));
    return { start, end, text: `@${option.userName}${spaced ? "" : " "}` };
  };

  #emoji({ start, end }: CompletionToken, text: string): Replacement {
    this.#ports.emojis.used(text);
    return { start, end, text };
  }

  #look(token: CompletionToken | undefined): void {
    this.#token = token;
    if (token?.start !== this.#closedAt) this.#closedAt = undefined;
    const options = token === undefined || this.#closedAt !== undefined ? [] : this.#optionsFor(token);
    this.#snapshot.set(options.length === 0 ? NOTHING : { options, active: 0 });
  }

  #optionsFor({ kind, query }: CompletionToken): readonly CompletionOption[] {
    const { people, emojis } = this.#ports;
    if (kind === "person") {
      const found = matchingPeople(people(), query);
      // There is nothing to complete.
      if (found.length === 1 && found[0]?.userName === query.toLowerCase()) return [];
      return found
        .slice(0, MOST_OFFERED)
        .map(({ account, userName, displayName }) => ({ kind, account, userName, displayName }));
    }
    const found = emojis.book?.search(query, MOST_OFFERED) ?? [];
    return found.map((emoji) => {
      const [shortcode] = emoji.shortcodes;
      const code = shortcode === undefined ? "" : `:${shortcode}:`;
      return { kind, text: emojis.toned(emoji), name: emoji.name, shortcode: code };
    });
  }

  /** Where they cannot be fetched nothing is offered; the picker says why. */
  #fetchEmojis(): void {
    this.#ports.emojis.open().then(
      () => this.#look(this.#token),
      () => {},
    );
  }
}
