import { AccountService, type Encoding } from "@parley/protocol";
import { Caller } from "./caller.ts";
import { createGroup, expectAccepted } from "./commands.ts";
import type { Coverage } from "./coverage.ts";
import { freshId } from "./ids.ts";
import type { Person, Seat } from "./person.ts";
import type { Pool } from "./pool.ts";
import { RawDevice } from "./raw-device.ts";
import type { Transport } from "./transport.ts";

export interface SessionSettings {
  /** Of the server, without a path at its end. */
  readonly url: string;
  readonly encoding: Encoding;
  readonly coverage: Coverage;
  readonly pool: Pool;
  readonly transport: Transport;
}

/** What one run of a case works with: people of its own, their devices, and calls. Ends all links when the case ends. */
export class Session {
  readonly url: string;
  readonly encoding: Encoding;
  readonly coverage: Coverage;
  /** Calls without a session. */
  readonly http: Caller;
  readonly #pool: Pool;
  readonly #transport: Transport;
  readonly #people = new Set<Person>();
  readonly #devices: RawDevice[] = [];

  constructor({ url, encoding, coverage, pool, transport }: SessionSettings) {
    this.url = url;
    this.encoding = encoding;
    this.coverage = coverage;
    this.http = new Caller(url, encoding, coverage);
    this.#pool = pool;
    this.#transport = transport;
  }

  /** Somebody who is in no other case now; earlier cases may have left them conversations. */
  async person(): Promise<Person> {
    const person = await this.#pool.lend();
    this.#people.add(person);
    return person;
  }

  two(): Promise<[Person, Person]> {
    return Promise.all([this.person(), this.person()]);
  }

  /** Somebody who has just signed up. Dear: for what must not have a past. */
  async newcomer(): Promise<Person> {
    const person = await this.#pool.make();
    this.#people.add(person);
    return person;
  }

  /** The person's first session or account is not as it was, or has no room for more of something: no other case gets them. */
  spend(person: Person): void {
    this.#people.delete(person);
  }

  /** A further session of a person, with a device of its own. */
  async signIn({ userName, password }: Person): Promise<Seat> {
    const { token } = await this.http.call(AccountService.method.signIn, { userName, password });
    return { token, device: freshId() };
  }

  /** Calls with the session of a person. */
  as(person: Person): Caller {
    return this.http.as(person.seat.token);
  }

  /** A link that has not said Hello. */
  connect(seat: Seat, headers: Readonly<Record<string, string>> = {}): Promise<RawDevice> {
    return this.connectWith(seat.device, { authorization: `Bearer ${seat.token}`, ...headers });
  }

  /** A link with these headers alone. */
  connectWith(id: string, headers: Readonly<Record<string, string>>): Promise<RawDevice> {
    return this.#open(this.encoding, id, headers);
  }

  async #open(encoding: Encoding, id: string, headers: Readonly<Record<string, string>>): Promise<RawDevice> {
    const { url, coverage } = this;
    const device = await RawDevice.connect({ url, encoding, coverage, transport: this.#transport, id, headers });
    this.#devices.push(device);
    return device;
  }

  /** A link in an encoding of its own. */
  async connectIn(encoding: Encoding, { device: id, token }: Seat): Promise<RawDevice> {
    return this.#open(encoding, id, { authorization: `Bearer ${token}` });
  }

  /** The device of a person's first session, after Welcome. */
  online(person: Person): Promise<RawDevice> {
    return this.onlineAt(person.seat);
  }

  async onlineAt(seat: Seat): Promise<RawDevice> {
    const device = await this.connect(seat);
    await device.hello();
    return device;
  }

  /** A group that the first device's account owns. */
  async group(
    owner: RawDevice,
    others: readonly Person[],
    settings: Parameters<typeof createGroup>[1] = {},
  ): Promise<string> {
    const creation = createGroup(
      others.map(({ account }) => account),
      settings,
    );
    expectAccepted((await owner.submit([creation]))[0]);
    return creation.log;
  }

  /** Ends every link and gives the people back. Throws if the server sent what is no frame. */
  end(): void {
    this.abandon();
    for (const device of this.#devices) device.expectFramesOnly();
    for (const person of this.#people) this.#pool.giveBack(person);
  }

  /** Ends every link of a case that failed. Its people are not lent again: who knows what it left them with. */
  abandon(): void {
    for (const device of this.#devices) device.close();
  }
}
