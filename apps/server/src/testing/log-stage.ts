import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type Answer,
  type Changes,
  CommandSchema,
  ConversationKind,
  decodeServerFrame,
  directConversationId,
  Encryption,
  HistoryPolicy,
  type Order,
  OrderSchema,
  type Page,
  PageRequestSchema,
  type Reset,
  uuidV7,
} from "@parley/protocol";
import { samplePicture } from "@parley/rig";
import type { Outcome, Submitted } from "../log/log-writer.ts";
import type { Log } from "../store/open-log.ts";

export { samplePicture };

export type Body = NonNullable<MessageInitShape<typeof CommandSchema>["body"]>;

/** Where a test plays: a log, and people with devices who use it. Everything is deterministic. */
export class Stage {
  log: Log;
  readonly #ids = new Ids();

  constructor(log: Log) {
    this.log = log;
  }

  id(): string {
    return this.#ids.next();
  }

  /** A person with one device. */
  async person(name: string): Promise<TestDevice> {
    const account = this.id();
    await this.log.writer.putProfile(account, name.toLowerCase(), name);
    return this.device(account);
  }

  async people(...names: readonly string[]): Promise<TestDevice[]> {
    const people: TestDevice[] = [];
    for (const name of names) people.push(await this.person(name));
    return people;
  }

  async device(account: string, session = this.id()): Promise<TestDevice> {
    const device = this.id();
    const outcome = await this.log.writer.registerDevice({ account, session, device, name: "Test" });
    if (outcome.kind !== "open") throw new Error("The device was refused.");
    return new TestDevice(this, account, device, session);
  }

  /** A group of the first person with the others; its id. */
  async group(owner: TestDevice, others: readonly TestDevice[], history = HistoryPolicy.SINCE_JOINED): Promise<string> {
    const log = this.id();
    await owner.must(log, groupOf(others, history));
    return log;
  }

  async direct(one: TestDevice, other: TestDevice): Promise<string> {
    const log = directConversationId(one.account, other.account, Encryption.NONE);
    await one.must(log, directWith(other.account));
    return log;
  }
}

export class TestDevice {
  readonly account: string;
  readonly device: string;
  readonly session: string;
  /** The last command of this device in each log that got a verdict. */
  readonly last = new Map<string, string>();
  readonly #stage: Stage;

  constructor(stage: Stage, account: string, device: string, session: string) {
    this.#stage = stage;
    this.account = account;
    this.device = device;
    this.session = session;
  }

  /** A command at its place in this device's order, as if it had got its verdict. */
  prepare(log: string, body: Body, id = this.#stage.id()): Submitted {
    const submitted = this.submission(log, body, orderAfter(this.last.get(log)), id);
    this.last.set(log, id);
    return submitted;
  }

  submission(log: string, body: Body, order: Order, id = this.#stage.id()): Submitted {
    const command = toBinary(CommandSchema, create(CommandSchema, { id, log, sentAt: 1_000, body }));
    return { account: this.account, device: this.device, order, command };
  }

  async send(log: string, body: Body, id = this.#stage.id()): Promise<Answer> {
    const before = this.last.get(log);
    const answer = await this.execute(this.prepare(log, body, id));
    if (answer.outcome.case !== "verdict") restore(this.last, log, before);
    return answer;
  }

  async execute(submitted: Submitted): Promise<Answer> {
    return onlyAnswer(await this.#stage.log.writer.execute([submitted]));
  }

  /** Sends a command that has to be accepted; its id. */
  async must(log: string, body: Body): Promise<string> {
    const answer = await this.send(log, body);
    if (rejectionOf(answer) !== undefined || answer.outcome.case !== "verdict") {
      throw new Error(`Not accepted: ${JSON.stringify(answer)}`);
    }
    return answer.id;
  }

  page(conversation: string, limit = 200): Promise<Page | undefined> {
    return this.#stage.log.reader.page(this.account, create(PageRequestSchema, { conversation, limit }));
  }

  /** What a device that holds these heads would be told after its Hello. */
  async resume(held: readonly { conversation: string; seq: number; tag: number }[] = [], incarnation = "") {
    const { reader } = this.#stage.log;
    const heads = new Map(
      incarnation === (await reader.incarnation()) ? held.map((head) => [head.conversation, head] as const) : [],
    );
    const { conversations: list } = await reader.conversations(this.account, 200, "");
    const conversations = list.flatMap(({ status }) => status ?? []);
    const catchUps: (Changes | Reset)[] = [];
    for (const { head } of conversations) {
      const conversation = head?.conversation ?? "";
      const since = heads.get(conversation);
      if (since?.seq === head?.seq && since?.tag === head?.tag) continue;
      const read = await reader.catchUp(this.account, { conversation, since });
      const frame = read && decodeServerFrame("proto", read.frame)?.frame;
      if (frame?.case === "changes" || frame?.case === "reset") catchUps.push(frame.value);
    }
    const { accountHead } = await reader.attendance(this.account);
    return { accountHead, conversations, profiles: await reader.acquaintances(this.account), catchUps };
  }
}

export function orderAfter(last: string | undefined): Order {
  return create(OrderSchema, {
    link: last === undefined ? { case: "first", value: {} } : { case: "after", value: last },
  });
}

export const unordered: Order = create(OrderSchema, { link: { case: "none", value: {} } });

export function text(words: string): Body {
  return { case: "post", value: { content: { form: { case: "plain", value: { text: words } } } } };
}

export function edited(target: string, words: string): Body {
  return { case: "edit", value: { target, content: { form: { case: "plain", value: { text: words } } } } };
}

export function groupOf(others: readonly TestDevice[], history = HistoryPolicy.SINCE_JOINED): Body {
  const members = others.map((other) => other.account);
  const value = { kind: ConversationKind.GROUP, encryption: Encryption.NONE, history, title: "Team", members };
  return { case: "create", value };
}

export function directWith(account: string): Body {
  const value = { kind: ConversationKind.DIRECT, encryption: Encryption.NONE, members: [account] };
  return { case: "create", value };
}

function onlyAnswer(outcome: Outcome): Answer {
  const [answer] = outcome.answers;
  if (answer === undefined) throw new Error("There is no answer.");
  return answer;
}

/** The code of a rejection; undefined for any other answer. */
export function rejectionOf(answer: Answer): number | undefined {
  if (answer.outcome.case !== "verdict" || answer.outcome.value.outcome.case !== "rejected") return undefined;
  return answer.outcome.value.outcome.value.code;
}

/** The seq of an accepted command; undefined for any other answer. */
export function seqOf(answer: Answer): number | undefined {
  if (answer.outcome.case !== "verdict" || answer.outcome.value.outcome.case !== "accepted") return undefined;
  return answer.outcome.value.outcome.value.seq;
}

/** What a page shows, in words. */
export function textsOf(page: Page | undefined): string[] {
  return (page?.entries ?? []).map((entry) => {
    if (entry.body.case !== "message") return entry.body.value?.what.case ?? "";
    const { state } = entry.body.value;
    return state.case === "content" && state.value.form.case === "plain"
      ? state.value.form.value.text
      : `(${state.case})`;
  });
}

class Ids {
  #count = 0;

  next(): string {
    const bytes = new Uint8Array(10);
    new DataView(bytes.buffer).setUint32(6, ++this.#count);
    return uuidV7(1_700_000_000_000 + this.#count, bytes);
  }
}

function restore(last: Map<string, string>, log: string, before: string | undefined): void {
  if (before === undefined) last.delete(log);
  else last.set(log, before);
}
