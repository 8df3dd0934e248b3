import { afterBlocked, type HiddenRuns, hideRuns, noHiddenRuns, type Ranges } from "@parley/log";
import type { AccountEvent, HiddenMessages } from "@parley/protocol";
import type { Device } from "../device/device.ts";
import type { BlockLedger } from "./block-ledger.ts";
import type { Ledger } from "./ledger.ts";
import type { LogHistory } from "./log-history.ts";
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
  const folded = new Map<string, HiddenRuns>();
  for (const { body } of events) {
    if (body.case === "messagesHidden") {
      const { conversation } = body.value;
      folded.set(conversation, hideRuns(folded.get(conversation) ?? noHiddenRuns, body.value));
    } else if (body.case === "blockedSet" && body.value.hidden !== undefined) {
      const { conversation, hidden } = body.value;
      folded.set(conversation, afterBlocked(folded.get(conversation) ?? noHiddenRuns, hidden));
    }
  }
  const violations: Violation[] = [];
  const [told, kept] = [textOf([...folded].map(([conversation, one]) => ({ conversation, ...one }))), textOf(stored)];
  if (told !== kept) violations.push({ rule: "HID1", detail: `${account} hid ${told}, and ${kept} is stored` });
  for (const conversation of new Set([...folded.keys(), ...ledger.logs.keys()])) {
    const history = ledger.log(conversation);
    const { runs, unlistedUpTo } = folded.get(conversation) ?? noHiddenRuns;
    const unlisted = ledger.unlistedBy(account, conversation);
    if (unlisted !== unlistedUpTo) {
      const detail = `${account} took ${conversation} out of its list up to ${unlistedUpTo}, not ${unlisted}`;
      violations.push({ rule: "HID5", detail });
    }
    const ordinals = runs.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
    const ids = ordinals.map((ordinal) => history.historyAt(ordinal)?.[0]?.id).sort();
    const left = ledger.blocks.leftIn(account, conversation).flatMap(({ from, to }) => idsOf(history, from, to));
    const wanted = [...new Set([...ledger.hiddenBy(account, conversation), ...left])].sort();
    if (ids.join() === wanted.join()) continue;
    violations.push({ rule: "HID1", detail: `${account} hid [${ids}] of ${conversation}, not [${wanted}]` });
  }
  return violations;
}

function idsOf(history: LogHistory, from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => history.historyAt(from + index)?.[0]?.id ?? "");
}

/** At rest all devices of an account hold what the server has stored. */
export function checkHiddenAtRest(
  devices: readonly Device[],
  stored: StoredHiddenMessages,
  { blocks }: Pick<Ledger, "blocks">,
): Violation[] {
  return devices.flatMap((device) => {
    const { name, account, disk } = device;
    const wanted = textOf(stored.get(account) ?? []);
    const held = textOf(disk.image.state().meta?.hidden ?? []);
    const listed = checkListedAtRest(device, stored.get(account) ?? [], blocks);
    if (wanted === held) return listed;
    return [...listed, { rule: "HID1", detail: `${name} holds ${held}, and ${wanted} is stored` }];
  });
}

/** A conversation is out of the list as long as there is nothing after what it was deleted with, but what comes while somebody is blocked. */
function checkListedAtRest(
  { name, account, disk, owner }: Device,
  stored: readonly HiddenMessages[],
  blocks: BlockLedger,
): Violation[] {
  const { conversations, outbox } = disk.image.state();
  return (owner?.engine.conversations.get().conversations ?? []).flatMap(({ id, unlisted = false }) => {
    const held = conversations.find((one) => one.id === id);
    // What failed to be sent is there to be seen.
    if (held === undefined || outbox.some(({ log }) => log === id)) return [];
    const { unlistedUpTo = 0 } = stored.find(({ conversation }) => conversation === id) ?? {};
    const cut = blocks.cutOf(account, id);
    const isCut = cut !== undefined && unlistedUpTo >= cut;
    if (unlisted === (isCut || (unlistedUpTo > 0 && held.entryHead <= unlistedUpTo))) return [];
    return [{ rule: "HID5", detail: `${name} ${unlisted ? "does not list" : "lists"} ${id}` }];
  });
}

interface Told {
  readonly conversation: string;
  readonly runs: Ranges;
  readonly unlistedUpTo?: number;
}

function textOf(hidden: readonly Told[]): string {
  const lines = hidden.map(({ conversation, runs, unlistedUpTo = 0 }) => {
    return `${conversation} ${runs.map(({ from, to }) => `${from}-${to}`).join(" ")} / ${unlistedUpTo}`;
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
