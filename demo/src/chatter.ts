import { create } from "@bufbuild/protobuf";
import {
  ContentSchema,
  DeleteSchema,
  EditSchema,
  PlainSchema,
  PostSchema,
  SetReactionSchema,
  UnsetReactionSchema,
} from "@parley/protocol";
import type { SeededRandom } from "@parley/simulation";
import type { Step, Steps } from "./commands.ts";
import { choose, sentence } from "./sentences.ts";

interface Target {
  readonly id: string;
  readonly author: string;
}

const emojis = ["👍", "❤️", "😂", "😮", "🎉", "🙏🏽"] as const;
/** Edits, erasures and reactions go to one of this many newest messages. */
const RECENT = 40;

/** The talk of one conversation: mostly messages, some in answer to a recent one, and now and then an edit, an erasure or a reaction. */
export class Chatter {
  readonly #steps: Steps;
  readonly #random: SeededRandom;
  readonly #log: string;
  readonly #recent: Target[] = [];

  constructor(steps: Steps, random: SeededRandom, log: string) {
    this.#steps = steps;
    this.#random = random;
    this.#log = log;
  }

  /** After members changed: whoever is new must not be made to touch what they cannot see. */
  forgetTargets(): void {
    this.#recent.length = 0;
  }

  /** A message, and perhaps something done to an earlier one. */
  *next(at: number, members: readonly [string, ...string[]]): Generator<Step> {
    const author = choose(this.#random, members);
    const answered = this.#random.chance(0.06) ? this.#random.pick(this.#recent) : undefined;
    const post = create(PostSchema, { content: plain(sentence(this.#random), answered?.id) });
    const step = this.#steps.step(at, author, this.#log, { case: "post", value: post });
    yield step;
    this.#recent.push({ id: step.id, author });
    if (this.#recent.length > RECENT) this.#recent.shift();
    if (this.#random.chance(0.12)) yield* this.#aside(at, members);
  }

  *#aside(at: number, members: readonly [string, ...string[]]): Generator<Step> {
    const index = this.#random.integer(0, this.#recent.length - 1);
    const target = this.#recent[index];
    if (target === undefined) return;
    const roll = this.#random.fraction();
    const own = members.includes(target.author);
    if (roll < 0.2 && own) {
      const content = plain(sentence(this.#random));
      yield this.#step(at, target.author, { case: "edit", value: create(EditSchema, { target: target.id, content }) });
    } else if (roll < 0.28 && own) {
      this.#recent.splice(index, 1);
      yield this.#step(at, target.author, { case: "delete", value: create(DeleteSchema, { target: target.id }) });
    } else {
      yield* this.#react(at, choose(this.#random, members), target.id);
    }
  }

  *#react(at: number, account: string, target: string): Generator<Step> {
    const emoji = choose(this.#random, emojis);
    const reaction = create(SetReactionSchema, { target, emoji });
    yield this.#step(at, account, { case: "setReaction", value: reaction });
    if (this.#random.chance(0.1)) {
      const taken = create(UnsetReactionSchema, { target, emoji });
      yield this.#step(at, account, { case: "unsetReaction", value: taken });
    }
  }

  #step(at: number, account: string, body: Parameters<Steps["step"]>[3]): Step {
    return this.#steps.step(at, account, this.#log, body);
  }
}

function plain(text: string, replyTo = "") {
  return create(ContentSchema, { form: { case: "plain", value: create(PlainSchema, { text, replyTo }) } });
}
