import type { Clock, ConversationListView, Observable } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { FindPeople, Person } from "./person.ts";

export interface PeoplePickerSnapshot {
  readonly query: string;
  readonly chosen: readonly Person[];
  /** What the query finds, without those chosen. */
  readonly options: readonly Person[];
  /** Which option Enter takes; -1 for none. */
  readonly active: number;
  readonly searching: boolean;
  /** Only known people are shown, because the server cannot be asked. */
  readonly unreachable: boolean;
}

export interface PeoplePickerPorts {
  readonly conversations: Observable<ConversationListView>;
  readonly findPeople: FindPeople;
  readonly clock: Clock;
  /** Accounts not to offer. */
  readonly without: ReadonlySet<string>;
  /** Who is offered as oneself; absent where one is not offered. */
  readonly self?: string;
}

const PAUSE_MS = 120;
const SHOWN = 30;

/** Chooses people: at once from those one talks with, a moment later from all of the server. */
export class PeoplePickerViewModel implements Observable<PeoplePickerSnapshot> {
  readonly #ports: PeoplePickerPorts;
  readonly #snapshot: ObservedValue<PeoplePickerSnapshot>;
  #found: readonly Person[] = [];
  #search = 0;
  #stopWaiting: () => void = () => {};

  constructor(ports: PeoplePickerPorts) {
    this.#ports = ports;
    this.#snapshot = new ObservedValue<PeoplePickerSnapshot>({
      query: "",
      chosen: [],
      options: [],
      active: -1,
      searching: false,
      unreachable: false,
    });
    this.setQuery("");
  }

  get = (): PeoplePickerSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#stopWaiting();

  isSelf({ account }: Person): boolean {
    return account === this.#ports.self;
  }

  setQuery = (query: string): void => {
    this.#stopWaiting();
    this.#snapshot.change({ query, searching: true });
    this.#offer();
    this.#stopWaiting = this.#ports.clock.after(PAUSE_MS, () => void this.#find(query.trim()));
  };

  choose = (person: Person): void => {
    this.#snapshot.change({ chosen: [...this.get().chosen, person] });
    this.setQuery("");
  };

  chooseActive = (): void => {
    const { options, active } = this.get();
    const person = options[active];
    if (person !== undefined) this.choose(person);
  };

  remove = (account: string): void => {
    this.#snapshot.change({ chosen: this.get().chosen.filter((person) => person.account !== account) });
    this.#offer();
  };

  removeLast = (): void => {
    const last = this.get().chosen.at(-1);
    if (last !== undefined) this.remove(last.account);
  };

  /** @param step 1 for the next option, -1 for the one before; goes round */
  moveActive = (step: 1 | -1): void => {
    const { options, active } = this.get();
    if (options.length === 0) return;
    const from = active < 0 && step < 0 ? options.length : active;
    this.#snapshot.change({ active: (from + step + options.length) % options.length });
  };

  async #find(query: string): Promise<void> {
    const search = ++this.#search;
    try {
      const found = await this.#ports.findPeople(query);
      if (search !== this.#search) return;
      this.#found = found;
      this.#snapshot.change({ searching: false, unreachable: false });
    } catch {
      if (search !== this.#search) return;
      this.#snapshot.change({ searching: false, unreachable: true });
    }
    this.#offer();
  }

  #offer(): void {
    const { query, chosen } = this.get();
    const left = new Set([...this.#ports.without, ...chosen.map((person) => person.account)]);
    const people = new Map<string, Person>();
    for (const person of [...this.#known(), ...this.#found]) {
      if (!left.has(person.account) && matches(person, query)) people.set(person.account, person);
    }
    const options = [...people.values()].slice(0, SHOWN);
    this.#snapshot.change({ options, active: query.trim() !== "" && options.length > 0 ? 0 : -1 });
  }

  #known(): readonly Person[] {
    return this.#ports.conversations.get().conversations.flatMap((conversation) => conversation.people);
  }
}

/** Any word of the names begins with what was typed. */
function matches(person: Person, query: string): boolean {
  const wanted = plain(query.trim());
  const words = plain(person.displayName).split(/\s+/u);
  return (
    plain(person.userName).startsWith(wanted) ||
    plain(person.displayName).startsWith(wanted) ||
    words.some((word) => word.startsWith(wanted))
  );
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
