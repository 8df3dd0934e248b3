import { addRange, type Ranges } from "@parley/log";
import type { AccountEvent, HiddenMessages } from "@parley/protocol";
import type { Device } from "../device/device.ts";
import type { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

/** What the server stores for each account. */
export type StoredHiddenMessages = ReadonlyMap<string, readonly HiddenMessages[]>;

/** The table says what the account's log says, and that what its accepted commands said. */
export function checkHiddenRows(
  ledger: Ledger,
  account: string,
  events: readonly AccountEvent[],
  stored: readonly HiddenMessages[],
): Violation[] {
  const folded = new Map<string, Ranges>();
  for (const { body } of events) {
    if (body.case !== "messagesHidden") continue;
    const { conversation, runs } = body.value;
    folded.set(conversation, runs.reduce<Ranges>(addRange, folded.get(conversation) ?? []));
  }
  const violations: Violation[] = [];
  const [told, kept] = [textOf([...folded].map(([conversation, runs]) => ({ conversation, runs }))), textOf(stored)];
  if (told !== kept) violations.push({ rule: "HID1", detail: `${account} hid ${told}, and ${kept} is stored` });
  for (const conversation of new Set([...folded.keys(), ...ledger.logs.keys()])) {
    const history = ledger.log(conversation);
    const ordinals = (folded.get(conversation) ?? []).flatMap(({ from, to }) =>
      Array.from({ length: to - from + 1 }, (_, index) => from + index),
    );
    const ids = ordinals.map((ordinal) => history.historyAt(ordinal)?.[0]?.id).sort();
    const wanted = [...ledger.hiddenBy(account, conversation)].sort();
    if (ids.join() === wanted.join()) continue;
    violations.push({ rule: "HID1", detail: `${account} hid [${ids}] of ${conversation}, not [${wanted}]` });
  }
  return violations;
}

/** At rest all devices of an account hold what the server has stored. */
export function checkHiddenAtRest(devices: readonly Device[], stored: StoredHiddenMessages): Violation[] {
  return devices.flatMap(({ name, account, disk }) => {
    const wanted = textOf(stored.get(account) ?? []);
    const held = textOf(disk.image.state().meta?.hidden ?? []);
    return wanted === held ? [] : [{ rule: "HID1", detail: `${name} holds ${held}, and ${wanted} is stored` }];
  });
}

function textOf(hidden: readonly { readonly conversation: string; readonly runs: Ranges }[]): string {
  const lines = hidden.map(({ conversation, runs }) => {
    return `${conversation} ${runs.map(({ from, to }) => `${from}-${to}`).join(" ")}`;
  });
  return `[${lines.sort().join(", ")}]`;
}

/** Messages that a device hides, by what it holds of the account's log: of a conversation as it is now. */
export function heldHidden({ disk }: Device, conversation: string, ledger: Ledger): ReadonlySet<string> {
  const history = ledger.log(conversation);
  const held = disk.image.state().meta?.hidden?.find((one) => one.conversation === conversation);
  const ids = new Set<string>();
  for (const { from, to } of held?.runs ?? []) {
    for (let ordinal = from; ordinal <= to; ordinal++) {
      const id = history.historyAt(ordinal)?.[0]?.id;
      if (id !== undefined) ids.add(id);
    }
  }
  return ids;
}
