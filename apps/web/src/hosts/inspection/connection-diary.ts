import type { ConnectionView, Observable, SocketClosed, TransportWay } from "@parley/client";
import type { ConnectionMoment } from "../../features/inspector/view-model/inspector.ts";

const MOST_MOMENTS = 200;

/** How the connection came and went: a few bytes for each change, kept from the start. */
export class ConnectionDiary {
  readonly #connection: Observable<ConnectionView>;
  readonly #now: () => number;
  #moments: ConnectionMoment[] = [];
  #noted = "";

  constructor(connection: Observable<ConnectionView>, now: () => number) {
    this.#connection = connection;
    this.#now = now;
    this.#look();
    connection.subscribe(() => this.#look());
  }

  get moments(): readonly ConnectionMoment[] {
    return this.#moments;
  }

  opened(way: TransportWay | undefined): void {
    this.#note("opened", way ?? "");
  }

  closed({ code, moved, fault, retryAfterMs }: SocketClosed): void {
    const patience = retryAfterMs === undefined ? undefined : `come again in ${retryAfterMs} ms`;
    this.#note("closed", [String(code), moved && "moved", fault, patience].filter(Boolean).join(", "));
  }

  #look(): void {
    const view = this.#connection.get();
    const why = view.kind === "waiting" ? view.why : "";
    const noted = `${view.kind} ${why}`;
    if (noted === this.#noted) return;
    this.#noted = noted;
    this.#note(view.kind, why);
  }

  #note(state: ConnectionMoment["state"], detail: string): void {
    const number = (this.#moments.at(-1)?.number ?? 0) + 1;
    this.#moments = [...this.#moments.slice(1 - MOST_MOMENTS), { number, at: this.#now(), state, detail }];
  }
}
