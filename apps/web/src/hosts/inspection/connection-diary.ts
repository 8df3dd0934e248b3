import type { ConnectionView, Observable } from "@parley/client";
import type { ConnectionMoment } from "../../features/inspector/view-model/inspector.ts";

const MOST_MOMENTS = 200;

/** How the connection came and went: a few bytes for each change, kept from the start. */
export class ConnectionDiary {
  readonly #connection: Observable<ConnectionView>;
  readonly #now: () => number;
  #moments: ConnectionMoment[] = [];

  constructor(connection: Observable<ConnectionView>, now: () => number) {
    this.#connection = connection;
    this.#now = now;
    this.#note();
    connection.subscribe(() => this.#note());
  }

  get moments(): readonly ConnectionMoment[] {
    return this.#moments;
  }

  #note(): void {
    const { kind } = this.#connection.get();
    if (kind === this.#moments.at(-1)?.state) return;
    this.#moments = [...this.#moments.slice(1 - MOST_MOMENTS), { at: this.#now(), state: kind }];
  }
}
