import { bearer, call, freshId, signUp } from "@parley/rig";
import type { SeededRandom } from "@parley/simulation";
import { emptyStore, SoakDevice, type SoakStore } from "./soak-device.ts";

/** Somebody who takes part, signed in with one device. */
export interface SoakPerson {
  readonly name: string;
  readonly account: string;
  token: string;
  store: SoakStore;
  /** Undefined while it is away. */
  device: SoakDevice | undefined;
}

/** Somebody who is connected. */
export type Here = SoakPerson & { readonly device: SoakDevice };

/** A conversation and what the load remembers of it: a few messages that can be edited, deleted and reacted to. */
export interface SoakConversation {
  readonly log: string;
  readonly kind: "direct" | "group";
  readonly members: Set<SoakPerson>;
  readonly recent: { readonly id: string; readonly author: SoakPerson }[];
}

const PASSWORD = "correct horse";
const REMEMBERED = 20;

/** The people and conversations of a soak. As many groups end as begin, so that nothing the server must hold grows with time. */
export class SoakWorld {
  readonly random: SeededRandom;
  readonly port: number;
  readonly people: SoakPerson[] = [];
  readonly conversations = new Set<SoakConversation>();

  constructor(port: number, random: SeededRandom) {
    this.port = port;
    this.random = random;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async settle(people: number): Promise<void> {
    for (let index = 0; index < people; index++) {
      const name = `soaker-${index}`;
      const { account, token } = await signUp(this.url, name);
      const person: SoakPerson = { name, account, token, store: emptyStore(freshId()), device: undefined };
      this.people.push(person);
      await this.arrive(person);
    }
  }

  async arrive(person: SoakPerson, by: "socket" | "poll" = "socket"): Promise<void> {
    person.device = await SoakDevice.connect(this.port, person.token, person.store, by);
  }

  leave(person: SoakPerson): void {
    person.device?.close();
    person.device = undefined;
  }

  /** Signs out and in again: a new session and a new device with an empty store. */
  async signInAgain(person: SoakPerson): Promise<void> {
    this.leave(person);
    await call(this.url, "AccountService/SignOut", {}, bearer(person.token));
    const { status, body } = await call(this.url, "AccountService/SignIn", {
      userName: person.name,
      password: PASSWORD,
    });
    if (status !== 200 || typeof body["token"] !== "string") throw new Error(`Signing in gave ${status}.`);
    person.token = body["token"];
    person.store = emptyStore(freshId());
    await this.arrive(person);
  }

  somebody(busy: ReadonlySet<SoakPerson>): Here | undefined {
    return this.random.pick(this.people.filter(isHere).filter((person) => !busy.has(person)));
  }

  conversationOf(person: SoakPerson, kind?: SoakConversation["kind"]): SoakConversation | undefined {
    const own = [...this.conversations].filter(
      (each) => each.members.has(person) && (kind === undefined || each.kind === kind),
    );
    return this.random.pick(own);
  }

  remember(conversation: SoakConversation, id: string, author: SoakPerson): void {
    conversation.recent.push({ id, author });
    if (conversation.recent.length > REMEMBERED) conversation.recent.shift();
  }

  /** Takes somebody out of a group that they left; a group of one is over. */
  part(group: SoakConversation, person: SoakPerson): void {
    group.members.delete(person);
    if (group.members.size === 0) this.conversations.delete(group);
  }
}

export function isHere(person: SoakPerson): person is Here {
  return person.device !== undefined && person.device.closed === undefined;
}
