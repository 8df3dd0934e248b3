import type { Clock, Engine, Observable, VersionsView, VersionView } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";

export interface EditHistorySnapshot {
  /** The newest first, what it says now among them. */
  readonly versions: readonly ShownVersion[];
  readonly loading: boolean;
  /** Why there is nothing, or not all, to be seen; empty where there is. */
  readonly note: string;
  readonly canShowMore: boolean;
  /** It did not work, and can be tried again. */
  readonly canRetry: boolean;
}

export interface ShownVersion {
  readonly key: number;
  readonly text: string;
  /** "Now, since 14:05", "14:02" */
  readonly when: string;
  readonly fullTime: string;
}

export interface EditHistoryPorts {
  readonly engine: Pick<Engine, "versions">;
  readonly conversation: string;
  readonly message: string;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly format: TimeFormat;
}

/** What one message said before it was edited. */
export class EditHistoryViewModel implements Observable<EditHistorySnapshot> {
  readonly #ports: EditHistoryPorts;
  readonly #snapshot: ObservedValue<EditHistorySnapshot>;
  #pages: readonly VersionsView[] = [];
  #loading = true;
  #failed = false;
  #disposed = false;

  constructor(ports: EditHistoryPorts) {
    this.#ports = ports;
    this.#snapshot = new ObservedValue(this.#draw());
    void this.#load();
  }

  get = (): EditHistorySnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => {
    this.#disposed = true;
  };

  /** Older versions, or another attempt. */
  load = (): void => void this.#load();

  async #load(): Promise<void> {
    const { engine, conversation, message } = this.#ports;
    this.#loading = true;
    this.#failed = false;
    this.#snapshot.set(this.#draw());
    const before = this.#pages.at(-1)?.versions.at(-1)?.seq ?? 0;
    const page = await engine.versions(conversation, message, before).catch(() => undefined);
    if (this.#disposed) return;
    this.#loading = false;
    this.#failed = page === undefined;
    if (page !== undefined) this.#pages = [...this.#pages, page];
    this.#snapshot.set(this.#draw());
  }

  #draw(): EditHistorySnapshot {
    const [first] = this.#pages;
    const current = first?.current;
    const former = this.#pages.flatMap(({ versions }) => versions);
    return {
      versions: [...(current === undefined ? [] : [this.#now(current)]), ...former.map((one) => this.#former(one))],
      loading: this.#loading,
      note: this.#note(former.length),
      canShowMore: !this.#loading && !this.#failed && this.#pages.at(-1)?.more === true,
      canRetry: !this.#loading && this.#failed,
    };
  }

  #note(former: number): string {
    const words = this.#ports.texts.editHistory;
    if (this.#failed) return words.failed;
    if (this.#loading) return former === 0 ? words.loading : "";
    return former === 0 ? words.none : "";
  }

  #now(version: VersionView): ShownVersion {
    const shown = this.#former(version);
    return { ...shown, when: this.#ports.texts.editHistory.since(shown.when) };
  }

  #former({ seq, text, at }: VersionView): ShownVersion {
    const { format, clock } = this.#ports;
    return { key: seq, text, when: format.moment(at, clock.now()), fullTime: format.full(at) };
  }
}
