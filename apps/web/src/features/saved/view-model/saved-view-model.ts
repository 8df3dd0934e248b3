import type { Clock, Engine, Observable, SavedItem, SavedView, ThreadPlace } from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { MessagePlace } from "../../../places/message-place.ts";
import type { Texts } from "../../../texts/en.ts";
import { type PlacedLine, placedLine } from "../../../texts/placed-line.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import type { Notices } from "../../notices/view-model/notices.ts";

export interface SavedSnapshot {
  /** Nothing is known yet. */
  readonly loading: boolean;
  readonly lines: readonly SavedLine[];
  readonly canShowMore: boolean;
}

/** A saved message, ready to draw. */
export interface SavedLine extends PlacedLine {
  readonly thread: ThreadPlace | undefined;
}

export interface SavedPorts {
  readonly engine: Pick<Engine, "savedMessages" | "save" | "account" | "conversations" | "connection">;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly format: TimeFormat;
  readonly notices: Pick<Notices, "attempt">;
  readonly newId: () => string;
  readonly goTo: (place: MessagePlace) => void;
}

const PAGE = 50;
/** What changes after this was not shown for long. */
const CHANGE_MS = 300;

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

  choose = ({ conversation, id, ordinal, thread }: SavedLine): void => {
    if (ordinal !== undefined) this.#ports.goTo({ conversation, id, ordinal, thread });
  };

  remove = ({ conversation, id }: PlacedLine): void => {
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

  #line(item: SavedItem): SavedLine {
    const { threads = [] } = this.#ports.engine.conversations.get();
    // Until the server has told where it is.
    const thread = item.thread ?? threads.find(({ id }) => id === item.conversation)?.thread;
    return { ...placedLine(item, this.#ports, thread), thread };
  }
}
