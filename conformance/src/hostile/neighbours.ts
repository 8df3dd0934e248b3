import { type Answer, ConversationService, type Entry } from "@parley/protocol";
import type { Caller } from "../kit/caller.ts";
import { createGroup, expectAccepted, post } from "../kit/commands.ts";
import { Coverage } from "../kit/coverage.ts";
import { expectEqual, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import type { Person } from "../kit/person.ts";
import type { Pool } from "../kit/pool.ts";
import { RawDevice } from "../kit/raw-device.ts";
import { webSocketTransport } from "../kit/web-socket-transport.ts";
import type { Secrets } from "./witness.ts";

/** As long as a server gives a device to say Hello: neighbours who wait for anything longer than that call it a stall. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 25;
/** Every so many rounds one of them comes back on a socket of its own, so that new sockets are seen to be let in. */
const ROUNDS_PER_RETURN = 20;

/** What a pair of neighbours noticed so far. */
export interface NeighbourReport {
  readonly messages: number;
  readonly returns: number;
  /** How long their round trips took: half of them at most so long, all but one in a hundred, and the longest. */
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly longestMs: number;
}

/**
 * Two well-behaved people who chat on the same server all the while, in a conversation of their own. Every message must be acknowledged and
 * delivered once, in order, in good time; and nobody else may learn of it.
 */
export class Neighbours {
  readonly secrets: Secrets;
  readonly people: readonly [Person, Person];
  readonly log: string;
  /** The ids of what they posted, in order. */
  readonly posted: string[] = [];
  readonly #url: string;
  readonly #caller: Caller;
  readonly #devices: [RawDevice, RawDevice];
  readonly #texts: string[] = [];
  readonly #tookMs: number[] = [];
  #longestOfLateMs = 0;
  #returns = 0;
  #stopped = false;
  #talk: Promise<void> = Promise.resolve();

  private constructor(
    url: string,
    caller: Caller,
    people: readonly [Person, Person],
    devices: [RawDevice, RawDevice],
    log: string,
    canary: string,
  ) {
    this.#url = url;
    this.#caller = caller;
    this.people = people;
    this.#devices = devices;
    this.log = log;
    this.secrets = { canary, conversations: new Set([log]) };
  }

  /** They sign up, begin a group of two and say a first word each. */
  static async moveIn(url: string, caller: Caller, pool: Pool): Promise<Neighbours> {
    const people = [await pool.make(), await pool.make()] as const;
    const canary = `canary.${freshId()}`;
    const devices: [RawDevice, RawDevice] = [
      await online(url, people[0], canary),
      await online(url, people[1], canary),
    ];
    const creation = createGroup([people[1].account], { title: canary });
    expectAccepted((await devices[0].submit([creation]))[0]);
    const neighbours = new Neighbours(url, caller, people, devices, creation.log, canary);
    await neighbours.#round();
    return neighbours;
  }

  /** They talk until they are stopped. What goes wrong is thrown by `stop`. */
  start(): void {
    this.#talk = this.#talkOn();
    // It is looked at when they stop.
    this.#talk.catch(() => undefined);
  }

  get report(): NeighbourReport {
    const [messages, returns] = [this.posted.length, this.#returns];
    const took = this.#tookMs.toSorted((one, other) => one - other);
    const at = (share: number) => Math.round(took[Math.ceil(took.length * share) - 1] ?? 0);
    return { messages, returns, medianMs: at(0.5), p99Ms: at(0.99), longestMs: at(1) };
  }

  /** The longest time that a round trip took since this was asked before. */
  longestOfLate(): number {
    const longest = Math.round(this.#longestOfLateMs);
    this.#longestOfLateMs = 0;
    return longest;
  }

  /** Resolves once another message of theirs has gone round, or throws if they stall. */
  async heardAgain(): Promise<void> {
    const before = this.posted.length;
    const deadline = Date.now() + 2 * PATIENCE_MS;
    while (this.posted.length < before + 2) {
      if (Date.now() > deadline) await this.stop();
      expectThat(Date.now() < deadline, "the neighbours to go on talking");
      await Bun.sleep(PAUSE_MS);
    }
  }

  /** Whether something that came to them names an account. */
  heardOf(account: string): boolean {
    return this.#devices.some(({ frames }) => JSON.stringify(frames, jsonOf).includes(account));
  }

  /** They finish their sentence. Throws what went wrong since they began. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#talk;
  }

  /** Their conversation is exactly what they wrote: each message once, in order, in the events that came and in the pages. */
  async check(): Promise<void> {
    for (const device of this.#devices) {
      device.expectFramesOnly();
      const events = device.all("event").flatMap(({ event }) => (event?.log === this.log ? [event.seq] : []));
      expectThat(new Set(events).size === events.length, "no event to come twice on one link");
    }
    const entries = await this.#entries();
    const messages = entries.filter((entry) => entry.body.case === "message");
    expectEqual(
      messages.map(({ id }) => id),
      this.posted,
      "the messages of the neighbours, in order",
    );
    expectEqual(messages.map(textOf), this.#texts, "the texts of the neighbours");
    expectEqual(
      entries.map(({ ordinal }) => ordinal),
      entries.map((_, index) => index + 1),
      "the ordinals of the neighbours' conversation",
    );
  }

  leave(): void {
    for (const device of this.#devices) device.close();
  }

  async #talkOn(): Promise<void> {
    for (let round = 1; !this.#stopped; round++) {
      await this.#round();
      if (round % ROUNDS_PER_RETURN === 0) await this.#return(round % 2 === 0 ? 0 : 1);
      await Bun.sleep(PAUSE_MS);
    }
  }

  /** Each says something, which is acknowledged and reaches the other. */
  async #round(): Promise<void> {
    const [one, other] = this.#devices;
    await this.#say(one, other);
    await this.#say(other, one);
    await this.#timed(() => one.settle());
  }

  async #say(author: RawDevice, listener: RawDevice): Promise<void> {
    const text = `${this.secrets.canary} ${this.#texts.length}`;
    const command = post(this.log, text);
    await this.#timed(async () => {
      const [answers] = await Promise.all([
        author.submit([command]),
        listener.expect("event", ({ event }) => event?.id === command.id, PATIENCE_MS),
      ]);
      expectOneAcceptance(answers);
    });
    this.posted.push(command.id);
    this.#texts.push(text);
  }

  async #return(index: 0 | 1): Promise<void> {
    this.#devices[index].expectFramesOnly();
    this.#devices[index].close();
    await this.#timed(async () => {
      const device = await online(this.#url, this.people[index], this.secrets.canary);
      // What is posted before this was read is in it, and does not come as an event.
      await device.expect("reset", ({ status }) => status?.head?.conversation === this.log, PATIENCE_MS);
      this.#devices[index] = device;
    });
    this.#returns++;
  }

  async #timed(work: () => Promise<void>): Promise<void> {
    const begun = performance.now();
    await work();
    const took = performance.now() - begun;
    this.#tookMs.push(took);
    this.#longestOfLateMs = Math.max(this.#longestOfLateMs, took);
  }

  async #entries(): Promise<Entry[]> {
    const entries: Entry[] = [];
    const caller = this.#caller.as(this.people[0].seat.token);
    for (let before: number | undefined; before !== 1; ) {
      const cursor =
        before === undefined ? ({ case: "newest", value: {} } as const) : ({ case: "before", value: before } as const);
      const page = await caller.call(ConversationService.method.getPage, {
        conversation: this.log,
        cursor,
        limit: 200,
      });
      entries.unshift(...page.entries);
      before = page.fromOrdinal;
      expectThat(before > 0, "a page of the neighbours' conversation", page);
    }
    return entries;
  }
}

/** Frames are told apart by what they say; bytes and large numbers do not matter here. */
function jsonOf(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function expectOneAcceptance(answers: readonly Answer[]): void {
  expectThat(answers.length === 1, "one answer to one submission", answers);
  expectAccepted(answers[0]);
}

function textOf({ body }: Entry): string | undefined {
  const form = body.case === "message" && body.value.state.case === "content" ? body.value.state.value.form : undefined;
  return form?.case === "plain" ? form.value.text : undefined;
}

async function online(url: string, person: Person, name: string): Promise<RawDevice> {
  const device = await RawDevice.connect({
    url,
    encoding: "proto",
    transport: webSocketTransport,
    coverage: new Coverage(),
    id: person.seat.device,
    headers: { authorization: `Bearer ${person.seat.token}` },
  });
  await device.hello({ name });
  return device;
}
