import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type Command,
  CommandSchema,
  ConversationKind,
  Encryption,
  type Event,
  EventSchema,
  HistoryPolicy,
  OrderSchema,
  type Verdict,
  VerdictSchema,
} from "@parley/protocol";
import type { Submitted } from "@parley/server/parts";
import { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

type CommandBody = MessageInitShape<typeof CommandSchema>["body"];
type EventBody = MessageInitShape<typeof EventSchema>["body"];

/** Writes a small log by hand, so that what checkers say of true and false observations can be tested. */
export class SampleLog {
  readonly conversation = sampleId(0xff);
  readonly ledger = new Ledger();
  #seq = 0;
  #ordinal = 0;

  /** A group of these accounts, made by the first. */
  begin(...members: string[]): Violation[] {
    const parameters = {
      kind: ConversationKind.GROUP,
      encryption: Encryption.NONE,
      history: HistoryPolicy.SINCE_JOINED,
      title: "Sample",
    };
    const [author = "", ...others] = members;
    return this.#commit(
      author,
      { case: "create", value: { ...parameters, members: others } },
      { case: "created", value: { ...parameters, members } },
    );
  }

  post(author: string, text: string): Violation[] {
    const content = { form: { case: "plain" as const, value: { text } } };
    return this.#commit(author, { case: "post", value: { content } }, { case: "posted", value: {} });
  }

  edit(author: string, target: number, text: string): Violation[] {
    const content = { form: { case: "plain" as const, value: { text } } };
    const edit = { target: sampleId(target), content };
    return this.#commit(author, { case: "edit", value: edit }, { case: "edited", value: { target: sampleId(target) } });
  }

  erase(author: string, target: number): Violation[] {
    const body = { target: sampleId(target) };
    return this.#commit(author, { case: "delete", value: body }, { case: "erased", value: body });
  }

  add(author: string, account: string): Violation[] {
    const body = { accounts: [account] };
    return this.#commit(author, { case: "addMembers", value: body }, { case: "membersAdded", value: body });
  }

  leave(author: string): Violation[] {
    return this.#commit(author, { case: "leave", value: {} }, { case: "memberLeft", value: {} });
  }

  /** Commits the same command again, as an executor without deduplication would. */
  repeat(author: string, id: number, text: string): Violation[] {
    const content = { form: { case: "plain" as const, value: { text } } };
    return this.#commit(author, { case: "post", value: { content } }, { case: "posted", value: {} }, sampleId(id));
  }

  /** Skips a seq, as no executor may. */
  skipSeq(): void {
    this.#seq += 1;
  }

  #commit(
    author: string,
    command: NonNullable<CommandBody>,
    body: NonNullable<EventBody>,
    id = sampleId(this.#seq + 1),
  ): Violation[] {
    this.#seq += 1;
    const makesEntry = !["edited", "erased"].includes(String(body.case));
    if (makesEntry) this.#ordinal += 1;
    const log = this.conversation;
    const made: Command = create(CommandSchema, { id, log, body: command });
    const event = create(EventSchema, {
      id,
      log,
      author,
      seq: this.#seq,
      ordinal: makesEntry ? this.#ordinal : 0,
      body,
    });
    this.ledger.receive([submitted(author, made)]);
    return [...this.ledger.apply(event), ...this.ledger.record(id, author, acceptedAs(event))];
  }
}

/** The id of the event at a seq of a sample. */
export function sampleId(number: number): string {
  return `00000000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;
}

function submitted(account: string, command: Command): Submitted {
  const order = create(OrderSchema, { link: { case: "none", value: {} } });
  return { account, device: undefined, order, command: toBinary(CommandSchema, command) };
}

function acceptedAs(event: Event): Verdict {
  const outcome = { case: "accepted" as const, value: { seq: event.seq, receivedAt: 0 } };
  return create(VerdictSchema, { log: event.log, outcome });
}
