import type { DescField } from "@bufbuild/protobuf";
import type { Cast } from "./cast.ts";
import type { Random } from "./random.ts";

const EMOJIS = ["👍", "❤️", "😂", "🎉", "🇪🇺"] as const;
/** Victims are seldom drawn into conversations, so that their devices have little to fetch. */
const FOREIGN_MEMBER = 0.02;
const KNOWN = 0.9;
/** A session goes on with another device when the server has closed the one before. */
const DEVICES = 4;

/** Fills fields with what a real device might say, from what its session knows so far. */
export class Vocabulary {
  readonly random: Random;
  /** Conversations of the session. */
  readonly logs: string[] = [];
  /** Messages that the session posted. */
  readonly messages: string[] = [];
  readonly devices: readonly string[];
  readonly #cast: Cast;

  constructor(random: Random, cast: Cast) {
    this.random = random;
    this.#cast = cast;
    this.devices = Array.from({ length: DEVICES }, () => random.id());
  }

  log(): string {
    return this.logs.length > 0 && this.random.chance(KNOWN) ? this.random.pick(this.logs) : this.random.id();
  }

  /** An id of people who have nothing to do with the session. */
  foreignId(): string {
    const { accounts, devices, conversations, messages } = this.#cast.foreign;
    return this.random.pick([...accounts, ...devices, ...conversations, ...messages]);
  }

  textFor(field: DescField): string {
    switch (field.name) {
      case "conversation":
      case "log":
        return this.log();
      case "id":
        return this.random.id();
      case "device":
        return this.devices[0] ?? "";
      case "target":
      case "message":
      case "ids":
      case "after":
        return this.messages.length > 0 && this.random.chance(KNOWN)
          ? this.random.pick(this.messages)
          : this.random.id();
      case "account":
      case "accounts":
      case "members":
      case "mentions":
        return this.#account();
      case "emoji":
        return this.random.pick(EMOJIS);
      case "incarnation":
      case "cursor":
        return "";
      case "attachments":
        return this.random.id();
      case "user_name":
        return `fuzz.${this.random.word().toString(36)}`;
      case "password":
        return `password ${this.random.word()}`;
      case "query":
        return this.random.pick(["conf", "fuzz", "a", "Conformance"]);
      default:
        return `text ${this.random.word()} ${"word ".repeat(this.random.below(20))}`;
    }
  }

  numberFor(field: DescField): number {
    switch (field.name) {
      case "limit":
        return 1 + this.random.below(200);
      case "sent_at":
        return 1_704_067_200_000 + this.random.below(1_000_000_000);
      default:
        return this.random.below(30);
    }
  }

  #account(): string {
    if (this.random.chance(FOREIGN_MEMBER)) return this.random.pick(this.#cast.foreign.accounts);
    return this.random.pick([this.#cast.attacker.account, ...this.#cast.accomplices]);
  }
}
