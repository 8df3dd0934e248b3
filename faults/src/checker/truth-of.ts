import { create, toBinary } from "@bufbuild/protobuf";
import { entryOf } from "@parley/log";
import { type Command, CommandSchema, type Event, EventSchema, OrderSchema, type Verdict } from "@parley/protocol";
import { checkThreads, checkThreadsAtRest, Ledger, type Violation } from "@parley/simulation/oracle";
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

/**
 * Rebuilds every log from what devices submitted and what they were told became of it: a seq names its command, and a command its effect. What the server
 * did by itself, and after which event of its parent something happened in a thread, its file says; whether that may be so is judged like everything else.
 */
export function truthOf(history: History): Truth {
  const ledger = new Ledger();
  const submitted = new Map<string, Submitted>();
  for (const device of history.devices) receive(device, ledger, submitted);
  for (const { account, events } of history.kept) ledger.blocks.take(account, events);
  const { places, violations } = placesOf(history);
  const isOwn = ({ account, answer: { outcome } }: Told) => outcome.case === "verdict" && outcome.value.log === account;
  // First what accounts have set and scheduled: it says what the server does by itself.
  violations.push(...history.answers.filter(isOwn).flatMap((told) => recordTold(ledger, told, submitted)));
  const grounds = { ledger, submitted, stored: storedBy(history), names: history.names };
  for (const [log, bySeq] of parentsFirst(places, history)) {
    if (!history.accounts.includes(log)) violations.push(...rebuild(log, bySeq, grounds));
  }
  violations.push(
    ...checkThreads(ledger.logs),
    ...checkThreadsAtRest(ledger.logs),
    ...history.answers.filter((told) => !isOwn(told)).flatMap((told) => recordTold(ledger, told, submitted)),
  );
  return { ledger, violations };
}

/** By log and seq. */
type Stored = ReadonlyMap<string, ReadonlyMap<number, Event>>;

interface Grounds {
  readonly ledger: Ledger;
  readonly submitted: ReadonlyMap<string, Submitted>;
  readonly stored: Stored;
  readonly names: ReadonlyMap<string, string>;
}

function storedBy({ stored }: History): Stored {
  const byLog = Map.groupBy(stored, ({ log }) => log);
  return new Map([...byLog].map(([log, events]) => [log, new Map(events.map((event) => [event.seq, event]))]));
}

/** What happens in a thread is judged by who is a member of its parent. */
function parentsFirst<T>(places: ReadonlyMap<string, T>, { stored }: History): [log: string, T][] {
  const threads = new Set(stored.filter(({ parentSeq }) => parentSeq > 0).map(({ log }) => log));
  return [...places].toSorted(([one], [other]) => Number(threads.has(one)) - Number(threads.has(other)));
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

/** Carries the commands of a log out again, in their order; stops at the first seq that nobody knows of. */
function rebuild(log: string, bySeq: ReadonlyMap<number, Place>, grounds: Grounds): Violation[] {
  const { ledger, submitted } = grounds;
  const stored = grounds.stored.get(log);
  const violations: Violation[] = [];
  const last = Math.max(...bySeq.keys(), ...(stored?.keys() ?? []));
  for (let seq = 1; seq <= last; seq++) {
    const place = bySeq.get(seq);
    const kept = stored?.get(seq);
    if (place === undefined && kept !== undefined && !submitted.has(kept.id)) {
      violations.push(...ledger.apply(kept));
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
    violations.push(...ledger.apply(eventOf(known, seq, place.receivedAt, kept, grounds)));
  }
  return violations;
}

/** @param kept what the file has of it, where no verdict tells all */
function eventOf(
  { account, command }: Submitted,
  seq: number,
  receivedAt: number,
  kept: Event | undefined,
  { ledger, names }: Grounds,
): Event {
  const { id, log, sentAt } = command;
  const before = ledger.log(log);
  const parentSeq = kept?.parentSeq ?? 0;
  const sight = kept?.body.case === "followed" ? kept.body.value.intervals : [];
  const logOf = (other: string) => ledger.log(other);
  const brings = broughtBy(account, kept, ledger);
  const scene = { before, logOf, receivedAt, parentSeq, sight, brings, name: names.get(account) ?? "" };
  const body = effectOf(command, account, scene);
  const event = create(EventSchema, { id, log, seq, author: account, sentAt, receivedAt, parentSeq, body });
  return entryOf(event) === undefined ? event : create(EventSchema, { ...event, ordinal: before.entryHead + 1 });
}

/** Who blocks somebody is brought in by them nowhere. When they did that, and so whether they were left out, the file says; of who never did there is no question. */
function broughtBy(author: string, kept: Event | undefined, ledger: Ledger): (account: string) => boolean {
  const { body } = kept ?? {};
  const names =
    body?.case === "created" ? body.value.members : body?.case === "membersAdded" ? body.value.accounts : [];
  const known = new Set(names);
  return (account) => known.has(account) || !ledger.blocks.everBlockedBy(account).has(author);
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
