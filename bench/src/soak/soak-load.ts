import type { SeededRandom } from "@parley/simulation";
import { actions, befriend, fill } from "./actions.ts";
import { type SoakPerson, SoakWorld } from "./soak-world.ts";

export interface SoakLoadOptions {
  readonly port: number;
  readonly people: number;
  readonly perSecond: number;
}

export interface SoakCounts {
  /** Action and what came of it, with how often. */
  readonly outcomes: readonly (readonly [action: string, outcome: string, count: number])[];
  /** Connections that the server ended, answers that did not come. */
  readonly failures: readonly (readonly [what: string, count: number])[];
  readonly connected: number;
}

const HEARTBEAT_MS = 20_000;

/** People who do all that can be done, at a steady rate, each one thing at a time. */
export class SoakLoad {
  readonly #world: SoakWorld;
  readonly #perSecond: number;
  readonly #people: number;
  readonly #busy = new Set<SoakPerson>();
  readonly #outcomes = new Map<string, Map<string, number>>();
  readonly #failures = new Map<string, number>();
  #timers: ReturnType<typeof setInterval>[] = [];

  constructor({ port, people, perSecond }: SoakLoadOptions, random: SeededRandom) {
    this.#world = new SoakWorld(port, random);
    this.#people = people;
    this.#perSecond = perSecond;
  }

  async begin(): Promise<void> {
    await this.#world.settle(this.#people);
    await befriend(this.#world);
    await fill(this.#world);
    this.#timers = [
      setInterval(() => void this.#act(), 1_000 / this.#perSecond),
      setInterval(() => {
        for (const { device } of this.#world.people) device?.ping();
      }, HEARTBEAT_MS),
    ];
  }

  counts(): SoakCounts {
    return {
      outcomes: [...this.#outcomes].flatMap(([action, counts]) =>
        [...counts].map(([outcome, count]) => [action, outcome, count] as const),
      ),
      failures: [...this.#failures],
      connected: this.#world.people.filter(({ device }) => device?.closed === undefined).length,
    };
  }

  end(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  async #act(): Promise<void> {
    const { random } = this.#world;
    const action = random.weighted(actions.map((each) => [each.weight, each] as const));
    const person = this.#world.somebody(this.#busy);
    if (action === undefined || person === undefined) return;
    this.#busy.add(person);
    try {
      const outcome = await action.run(this.#world, person);
      const counts = this.#outcomes.get(action.name) ?? new Map<string, number>();
      this.#outcomes.set(action.name, counts);
      count(counts, outcome);
    } catch (error) {
      count(this.#failures, `${action.name}: ${error instanceof Error ? error.message : error}`);
    }
    await this.#returnIfLost(person);
    this.#busy.delete(person);
  }

  /** A device that the server has parted from without being asked comes back, but is counted. */
  async #returnIfLost(person: SoakPerson): Promise<void> {
    const code = person.device?.closed;
    if (code === undefined) return;
    count(this.#failures, `the server closed a socket with ${code}`);
    try {
      await this.#world.arrive(person);
    } catch (error) {
      count(this.#failures, `coming back: ${error instanceof Error ? error.message : error}`);
    }
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
