import { create, toBinary } from "@bufbuild/protobuf";
import { entryOf } from "@parley/log";
import {
  type Command,
  CommandSchema,
  type Entry,
  type Event,
  EventSchema,
  OrderSchema,
  PostedSchema,
  type Verdict,
} from "@parley/protocol";
import { Ledger, type LogHistory, type Violation } from "@parley/simulation/oracle";
import type { DeviceHistory, History, Told } from "../history/history.ts";
import { effectOf } from "./effect-of.ts";

/** What must have happened, and what cannot have. */
export interface Truth {
  readonly ledger: Ledger;
  readonly violations: readonly Violation[];
}

interface Submitted {
  readonly account: string;
  readonly command: Command;
}

interface Place {
  readonly id: string;
  readonly receivedAt: number;
}

const unordered = create(OrderSchema, { link: { case: "none", value: {} } });

/** Rebuilds every log from what devices submitted and what they were told became of it: a seq names its command, and a command its effect. */
export function truthOf(history: History): Truth {
  const ledger = new Ledger();
  const submitted = new Map<string, Submitted>();
  for (const device of history.devices) receive(device, ledger, submitted);
  const { places, violations } = placesOf(history);
  const isOwn = ({ account, answer: { outcome } }: Told) => outcome.case === "verdict" && outcome.value.log === account;
  // First what accounts have set and scheduled: it says what the server does by itself.
  violations.push(...history.answers.filter(isOwn).flatMap((told) => recordTold(ledger, told, submitted)));
  const unsubmitted = unsubmittedIn(history, ledger);
  for (const [log, bySeq] of places) {
    if (!history.accounts.includes(log)) violations.push(...rebuild(ledger, log, bySeq, submitted, unsubmitted));
  }
  violations.push(
    ...history.answers.filter((told) => !isOwn(told)).flatMap((told) => recordTold(ledger, told, submitted)),
  );
  return { ledger, violations };
}

function receive({ account, submitted }: DeviceHistory, ledger: Ledger, into: Map<string, Submitted>): void {
  for (const command of submitted) {
    into.set(command.id, { account, command });
    ledger.receive([{ account, device: undefined, order: unordered, command: toBinary(CommandSchema, command) }]);
  }
}

/** Which command has which seq, as the first answer to it said. */
function placesOf({ answers }: History): { places: Map<string, Map<number, Place>>; violations: Violation[] } {
  const places = new Map<string, Map<number, Place>>();
  const violations: Violation[] = [];
  const judged = new Set<string>();
  for (const { answer } of answers) {
    if (answer.outcome.case !== "verdict" || judged.has(answer.id)) continue;
    judged.add(answer.id);
    const { log, outcome } = answer.outcome.value;
    if (outcome.case !== "accepted") continue;
    const { seq, receivedAt } = outcome.value;
    const bySeq = places.get(log) ?? new Map<number, Place>();
    places.set(log, bySeq);
    const other = bySeq.get(seq);
    if (other === undefined) bySeq.set(seq, { id: answer.id, receivedAt });
    else
      violations.push({ rule: "LOG1", detail: `${answer.id} and ${other.id} were both accepted as ${seq} of ${log}` });
  }
  return { places, violations };
}

/** By log and seq. */
type Unsubmitted = ReadonlyMap<string, ReadonlyMap<number, Event>>;

/** What the server did by itself, as it told it: it posted what was scheduled. The ledger judges whether, when and how often it was to. */
function unsubmittedIn({ devices, readings }: History, ledger: Ledger): Unsubmitted {
  const told = devices.flatMap(({ connections }) => connections.flatMap(({ events }) => events));
  const read = readings.flatMap(({ pages }) => pages.flatMap(({ entries }) => entries.map(postedBefore)));
  const scheduled = [...told, ...read].filter((event) => ledger.scheduled.commandOf(event) !== undefined);
  return new Map(
    [...Map.groupBy(scheduled, ({ log }) => log)].map(([log, events]) => [
      log,
      new Map(events.toReversed().map((event) => [event.seq, create(EventSchema, { ...event, tag: 0 })])),
    ]),
  );
}

/** The event that has made an entry, if that is a post. */
function postedBefore({ id, conversation: log, seq, ordinal, author, sentAt, receivedAt }: Entry): Event {
  const body = { case: "posted" as const, value: create(PostedSchema) };
  return create(EventSchema, { id, log, seq, ordinal, author, sentAt, receivedAt, body });
}

/** Carries the commands of a log out again, in their order; stops at the first seq that nobody knows of. */
function rebuild(
  ledger: Ledger,
  log: string,
  bySeq: ReadonlyMap<number, Place>,
  submitted: ReadonlyMap<string, Submitted>,
  unsubmitted: Unsubmitted,
): Violation[] {
  const violations: Violation[] = [];
  const last = Math.max(...bySeq.keys(), ...(unsubmitted.get(log)?.keys() ?? []));
  for (let seq = 1; seq <= last; seq++) {
    const place = bySeq.get(seq);
    const byServer = unsubmitted.get(log)?.get(seq);
    if (place === undefined && byServer !== undefined) {
      violations.push(...ledger.apply(byServer));
      continue;
    }
    if (place === undefined) {
      violations.push({ rule: "LOG1", detail: `${log} has no command at ${seq}, but one at ${last}` });
      return violations;
    }
    const known = submitted.get(place.id);
    if (known === undefined) {
      violations.push({
        rule: "CMD4",
        detail: `${place.id} was accepted as ${seq} of ${log}, but nobody submitted it`,
      });
      return violations;
    }
    violations.push(...ledger.apply(eventOf(known, seq, place.receivedAt, ledger.log(log))));
  }
  return violations;
}

function eventOf({ account, command }: Submitted, seq: number, receivedAt: number, before: LogHistory): Event {
  const { id, log, sentAt } = command;
  const event = create(EventSchema, {
    id,
    log,
    seq,
    author: account,
    sentAt,
    receivedAt,
    body: effectOf(command, account, before, receivedAt),
  });
  return entryOf(event) === undefined ? event : create(EventSchema, { ...event, ordinal: before.entryHead + 1 });
}

function recordTold(ledger: Ledger, { account, answer }: Told, submitted: ReadonlyMap<string, Submitted>): Violation[] {
  if (answer.outcome.case !== "verdict") return [];
  return recordVerdict(ledger, account, answer.id, answer.outcome.value, submitted);
}

function recordVerdict(
  ledger: Ledger,
  account: string,
  id: string,
  verdict: Verdict,
  submitted: ReadonlyMap<string, Submitted>,
): Violation[] {
  const known = submitted.get(id);
  if (known === undefined) return [{ rule: "CMD4", detail: `${id} has a verdict, but nobody submitted it` }];
  if (known.account !== account) return [{ rule: "CMD3", detail: `${account} was told of ${id} of ${known.account}` }];
  return ledger.record(id, account, verdict);
}
