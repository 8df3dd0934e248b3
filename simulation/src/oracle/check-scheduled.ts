import type { AccountEvent, ScheduledMessage } from "@parley/protocol";
import type { Device } from "../device/device.ts";
import type { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

/** What the server stores for each account, in the order of their times. */
export type StoredScheduled = ReadonlyMap<string, readonly ScheduledMessage[]>;

interface Folded {
  readonly waiting: ReadonlyMap<string, string>;
  readonly posted: ReadonlyMap<string, { readonly conversation: string; readonly id: string }>;
}

/** The table says what the account's log says; what the log says to be posted is posted; and nothing that was planned is forgotten. */
export function checkScheduledRows(
  ledger: Ledger,
  account: string,
  events: readonly AccountEvent[],
  stored: readonly ScheduledMessage[],
): Violation[] {
  const violations: Violation[] = [];
  const { waiting, posted } = fold(events);
  const [told, kept] = [[...waiting.values()].toSorted().join(", "), stored.map(lineOf).toSorted().join(", ")];
  if (told !== kept)
    violations.push({ rule: "SCH3", detail: `${account} scheduled [${told}], and [${kept}] is stored` });
  for (const [target, { conversation, id }] of posted) {
    if (ledger.log(conversation).events.some((event) => event.id === id)) continue;
    violations.push({
      rule: "SCH1",
      detail: `${account} is told that ${target} was posted as ${id}, which is nowhere`,
    });
  }
  for (const target of ledger.scheduled.current(account).keys()) {
    if (waiting.has(target) || posted.has(target)) continue;
    violations.push({ rule: "SCH1", detail: `${target} of ${account} is neither posted nor waits` });
  }
  return violations;
}

/** Nothing whose time has come is left. */
export function checkNothingDue(stored: StoredScheduled, now: number): Violation[] {
  return [...stored.values()].flat().flatMap(({ id, at, rejection }) => {
    if (rejection !== 0 || at > now) return [];
    return [{ rule: "SCH1", detail: `${id} waits ${now - at} ms after its time` }];
  });
}

/** At rest all devices of an account hold, and show, what the server has stored. */
export function checkScheduledAtRest(devices: readonly Device[], stored: StoredScheduled): Violation[] {
  const violations: Violation[] = [];
  for (const { name, account, disk, owner } of devices) {
    const all = stored.get(account) ?? [];
    const wanted = all.map((one) => `${lineOf(one)} ${textOf(one)}`).toSorted();
    const held = (disk.image.state().meta?.scheduled ?? []).map((one) => `${lineOf(one)} ${one.text}`).toSorted();
    if (wanted.join() !== held.join()) {
      violations.push({ rule: "SCH3", detail: `${name} holds [${held}], and [${wanted}] is stored` });
    }
    if (owner === undefined) continue;
    // What is shown is by the device's clock.
    const { offsetMs = 0 } = disk.image.state().meta?.clockError ?? {};
    const shown = (owner.engine.account.get().scheduled ?? []).map(({ id, at }) => ({ id, at: at + offsetMs }));
    const [right, seen] = [all, shown].map((list) =>
      list
        .map(({ id, at }) => `${id} ${at}`)
        .toSorted()
        .join(),
    );
    if (right !== seen)
      violations.push({ rule: "SCH3", detail: `${name} shows [${seen}] as scheduled, not [${right}]` });
  }
  return violations;
}

function fold(events: readonly AccountEvent[]): Folded {
  const waiting = new Map<string, string>();
  const posted = new Map<string, { readonly conversation: string; readonly id: string }>();
  const places = new Map<string, { readonly conversation: string; readonly at: number }>();
  for (const { id, body } of events) {
    if (body.case === "messageScheduled") {
      const { target, conversation, at } = body.value;
      places.set(target, { conversation, at });
      waiting.set(target, lineOf({ id: target, conversation, at, rejection: 0 }));
    }
    if (body.case === "scheduledFailed") {
      const { target, rejection } = body.value;
      const place = places.get(target);
      if (place !== undefined) waiting.set(target, lineOf({ id: target, ...place, rejection }));
    }
    if (body.case === "scheduledEnded") {
      const { target } = body.value;
      waiting.delete(target);
      const place = places.get(target);
      if (body.value.posted && place !== undefined) posted.set(target, { conversation: place.conversation, id });
    }
  }
  return { waiting, posted };
}

function lineOf(one: Pick<ScheduledMessage, "id" | "conversation" | "at" | "rejection">): string {
  return `${one.id} ${one.conversation} ${one.at} ${one.rejection}`;
}

function textOf({ content }: ScheduledMessage): string {
  return content?.form.case === "plain" ? content.form.value.text : "";
}
