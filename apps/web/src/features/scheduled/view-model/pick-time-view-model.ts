import type { Clock, Observable } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import { chosenTime } from "../../../times/chosen-time.ts";
import { fieldTime } from "../../../times/field-time.ts";
import type { ProposedTime, ProposedTimeName } from "./proposed-times.ts";

export interface PickTimeSnapshot {
  readonly times: readonly OfferedTime[];
  /** Of the date and time. */
  readonly field: string;
  readonly wrong: string | undefined;
}

export interface OfferedTime {
  readonly name: ProposedTimeName;
  readonly at: number;
  readonly when: string;
}

/** What the time is for. */
export interface PickTimeWords {
  readonly title: string;
  readonly hint: string;
  readonly submit: string;
}

export interface PickTimePorts {
  readonly clock: Clock;
  readonly texts: Texts;
  readonly format: TimeFormat;
  readonly words: PickTimeWords;
  readonly propose: (now: number) => readonly ProposedTime[];
  readonly choose: (at: number) => void;
}

/** When something is to be done. */
export class PickTimeViewModel implements Observable<PickTimeSnapshot> {
  readonly #ports: PickTimePorts;
  readonly #snapshot: ObservedValue<PickTimeSnapshot>;

  constructor(ports: PickTimePorts) {
    this.#ports = ports;
    const now = ports.clock.now();
    const times = ports.propose(now).map(({ name, at }) => ({ name, at, when: ports.format.moment(at, now) }));
    this.#snapshot = new ObservedValue({ times, field: fieldTime(times[0]?.at ?? now), wrong: undefined });
  }

  get words(): PickTimeWords {
    return this.#ports.words;
  }

  get = (): PickTimeSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => {};

  choose = (at: number): void => this.#ports.choose(at);

  setField = (field: string): void => this.#snapshot.change({ field, wrong: undefined });

  submit = (): void => {
    const { clock, texts } = this.#ports;
    const chosen = chosenTime(this.get().field, clock.now(), texts);
    if ("wrong" in chosen) this.#snapshot.change({ wrong: chosen.wrong });
    else this.choose(chosen.at);
  };
}
