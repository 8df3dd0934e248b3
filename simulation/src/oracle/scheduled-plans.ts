import { create } from "@bufbuild/protobuf";
import {
  type Command,
  CommandSchema,
  type Content,
  type Envelope,
  type Event,
  followerCommandId,
  PostSchema,
  type Verdict,
} from "@parley/protocol";
import type { Received } from "./received.ts";
import type { Violation } from "./violation.ts";

/** A message that was to be posted at a time, as some command has said it. */
export interface Plan {
  /** Of the command that scheduled it first. */
  readonly target: string;
  readonly conversation: string;
  readonly at: number;
  /** Of the command, in the log of the account. */
  readonly seq: number;
  readonly envelope: Envelope | undefined;
  readonly content: Content | undefined;
}

interface Accepted {
  readonly command: Command;
  readonly seq: number;
}

/** What accounts have had scheduled, by the verdicts on their commands, and so what the server has to post. */
export class ScheduledPlans {
  readonly #verdictOf: (id: string) => Verdict | undefined;
  readonly #received = new Map<string, Map<string, Command>>();

  constructor(verdictOf: (id: string) => Verdict | undefined) {
    this.#verdictOf = verdictOf;
  }

  note({ command, account }: Received): void {
    if (command.log !== account || !concerns(command)) return;
    const known = this.#received.get(account) ?? new Map<string, Command>();
    this.#received.set(account, known.set(command.id, command));
  }

  /** The plans of an account that hold: neither changed nor cancelled since; posted ones, too. */
  current(account: string): ReadonlyMap<string, Plan> {
    const plans = new Map<string, Plan>();
    for (const accepted of this.#accepted(account)) {
      const { body } = accepted.command;
      const plan = planOf(accepted, plans);
      if (plan !== undefined) plans.set(plan.target, plan);
      else if (body.case === "cancelScheduled" || body.case === "withdraw") plans.delete(body.value.target);
    }
    return plans;
  }

  /** What was scheduled that an event has posted; undefined if it is none of those. */
  targetOf({ id, author }: Event): string | undefined {
    return this.#all(author).find(({ target, seq }) => postIdOf(target, seq) === id)?.target;
  }

  /** The command that the server has made of a plan; undefined if the event is none of those. */
  commandOf({ id, author, log, sentAt }: Event): Received | undefined {
    const plan = this.#all(author).find(({ target, seq }) => postIdOf(target, seq) === id);
    if (plan === undefined) return undefined;
    const { envelope, content } = plan;
    const value = create(PostSchema, { ...(envelope && { envelope }), ...(content && { content }) });
    const command = create(CommandSchema, { id, log, sentAt, body: { case: "post", value } });
    return { command, account: author, device: undefined };
  }

  /** @param before the events of the log before it */
  check(event: Event, before: readonly Event[]): Violation[] {
    const { id, author, log, receivedAt } = event;
    const plans = this.#all(author);
    const plan = plans.find(({ target, seq }) => postIdOf(target, seq) === id);
    if (plan === undefined) return [];
    const where = `scheduled ${plan.target} as event ${event.seq} of ${log}`;
    const violations: Violation[] = [];
    if (plan.conversation !== log) violations.push({ rule: "SCH1", detail: `${where}, not of ${plan.conversation}` });
    if (receivedAt < plan.at) violations.push({ rule: "SCH1", detail: `${where}, ${plan.at - receivedAt} ms early` });
    if (this.current(author).get(plan.target)?.seq !== plan.seq) {
      violations.push({ rule: "SCH2", detail: `${where}, as it was before it was changed or cancelled` });
    }
    const ids = new Set(
      plans.filter(({ target }) => target === plan.target).map((one) => postIdOf(one.target, one.seq)),
    );
    if (before.some((earlier) => ids.has(earlier.id))) violations.push({ rule: "SCH1", detail: `${where}, again` });
    return violations;
  }

  /** Everything that was ever planned, in the order of the log. */
  #all(account: string): Plan[] {
    const known = new Map<string, Plan>();
    return this.#accepted(account).flatMap((accepted) => {
      const plan = planOf(accepted, known);
      if (plan === undefined) return [];
      known.set(plan.target, plan);
      return [plan];
    });
  }

  #accepted(account: string): Accepted[] {
    return [...(this.#received.get(account)?.values() ?? [])]
      .flatMap((command): Accepted[] => {
        const outcome = this.#verdictOf(command.id)?.outcome;
        return outcome?.case === "accepted" ? [{ command, seq: outcome.value.seq }] : [];
      })
      .sort((one, other) => one.seq - other.seq);
  }
}

/** As the server derives it: what was said last of a message makes one message. */
function postIdOf(target: string, seq: number): string {
  return followerCommandId("scheduled-messages", target, seq);
}

function concerns({ body }: Command): boolean {
  return ["scheduleMessage", "changeScheduled", "cancelScheduled", "withdraw"].includes(body.case ?? "");
}

function planOf({ command, seq }: Accepted, known: ReadonlyMap<string, Plan>): Plan | undefined {
  const { id, body } = command;
  if (body.case === "scheduleMessage") {
    const { conversation, at, envelope, content } = body.value;
    return { target: id, conversation, at, seq, envelope, content };
  }
  if (body.case !== "changeScheduled") return undefined;
  const { target, at, envelope, content } = body.value;
  const conversation = known.get(target)?.conversation;
  return conversation === undefined ? undefined : { target, conversation, at, seq, envelope, content };
}
