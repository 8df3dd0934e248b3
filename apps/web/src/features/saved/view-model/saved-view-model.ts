import type { Clock, Engine, Observable, SavedItem, SavedView } from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { oneLine } from "../../../rich-text/one-line.ts";
import { conversationTitle } from "../../../texts/conversation-titles.ts";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import type { Notices } from "../../notices/view-model/notices.ts";

export interface SavedSnapshot {
  /** Nothing is known yet. */
  readonly loading: boolean;
  readonly lines: readonly SavedLine[];
  readonly canShowMore: boolean;
}

/** A saved message, ready to draw. */
export interface SavedLine {
  readonly conversation: string;
  readonly id: string;
  /** Of the conversation. */
  readonly title: string;
  /** Empty where the message cannot be seen. */
  readonly author: string;
  readonly time: string;
  readonly fullTime: string;
  readonly text: string;
  /** What is said of it rather than by it. */
  readonly quiet: boolean;
  /** Undefined where there is nothing to go to. */
  readonly ordinal: number | undefined;
}

export interface SavedPorts {
  readonly engine: Pick<Engine, "savedMessages" | "save" | "account" | "conversations" | "connection">;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly format: TimeFormat;
  readonly notices: Pick<Notices, "attempt">;
  readonly newId: () => string;
  readonly go: (to: { readonly conversation: string; readonly id: string; readonly ordinal: number }) => void;
}

const PAGE = 50;
/** What changes after this was not shown for long. */
const CHANGE_MS = 300;
/** More than a line has room for. */
const LONGEST_TEXT = 300;

/** The saved messages, the last one first, as long as somebody looks. */
export class SavedViewModel implements Observable<SavedSnapshot> {
  readonly #ports: SavedPorts;
  readonly #snapshot = new ObservedValue<SavedSnapshot>({ loading: true, lines: [], canShowMore: false });
  readonly #disposables = new Disposables();
  #wanted = PAGE;
  /** Answers of an earlier look come too late. */
  #look = 0;
  #cancelChange: (() => void) | undefined;

  constructor(ports: SavedPorts) {
    this.#ports = ports;
    const changed = () => this.#changed();
    this.#disposables.add(
      ports.engine.account.subscribe(changed),
      ports.engine.conversations.subscribe(changed),
      ports.engine.connection.subscribe(changed),
      () => this.#cancelChange?.(),
      () => {
        this.#look++;
      },
    );
    void this.#read();
  }

  get = (): SavedSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#disposables.dispose();

  showMore = (): void => {
    this.#wanted += PAGE;
    void this.#read();
  };

  choose = ({ conversation, id, ordinal }: SavedLine): void => {
    if (ordinal !== undefined) this.#ports.go({ conversation, id, ordinal });
  };

  remove = ({ conversation, id }: SavedLine): void => {
    const { engine, newId, notices, texts } = this.#ports;
    void notices.attempt(engine.save(newId(), conversation, id, false), texts.conversation.actionFailed);
  };

  #changed(): void {
    this.#cancelChange ??= this.#ports.clock.after(CHANGE_MS, () => {
      this.#cancelChange = undefined;
      void this.#read();
    });
  }

  async #read(): Promise<void> {
    const look = ++this.#look;
    const view = await this.#ports.engine.savedMessages(this.#wanted).catch(() => undefined);
    if (look === this.#look && view !== undefined) this.#show(view);
  }

  #show({ count, items }: SavedView): void {
    const lines = items.map((item) => this.#line(item));
    this.#snapshot.set({ loading: false, lines, canShowMore: items.length < count });
  }

  #line({ conversation, id, what }: SavedItem): SavedLine {
    const { engine, texts, format, clock } = this.#ports;
    const known = engine.conversations.get().conversations.find((one) => one.id === conversation);
    const title = known === undefined ? texts.outbox.unknownConversation : conversationTitle(known, texts);
    const place = { conversation, id, title };
    if (what.kind !== "message") {
      const words = texts.savedMessages;
      return { ...place, author: "", time: "", fullTime: "", text: words[what.kind], quiet: true, ordinal: undefined };
    }
    const { at, body, mine, ordinal } = what;
    const self = engine.account.get().displayName;
    const author = what.authorName || (mine ? self : texts.common.unknownPerson);
    const shown = { ...place, author, time: format.short(at, clock.now()), fullTime: format.full(at), ordinal };
    if (body.kind === "text") return { ...shown, text: oneLine(body.text, body.mentions, LONGEST_TEXT), quiet: false };
    const said = texts.conversation;
    const text = body.kind === "withheld" ? said.withheld : mine ? said.deletedMine : said.deleted;
    return { ...shown, text, quiet: true };
  }
}
