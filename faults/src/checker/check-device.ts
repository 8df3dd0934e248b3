import type { ConversationView } from "@parley/client";
import type { Entry } from "@parley/protocol";
import {
  checkDeviceOrder,
  checkListAtRest,
  checkNothingLost,
  checkTimeline,
  checkTimelineAtRest,
  type Ledger,
  type MarkLedger,
  RowMemory,
  type Violation,
} from "@parley/simulation/oracle";
import type { DeviceHistory } from "../history/history.ts";
import { unseenBy } from "./unseen-by.ts";

/** Judges what a device showed: in the middle of things it may be behind the truth, but never beside it; at rest it is the truth. */
export function checkDevice(device: DeviceHistory, ledger: Ledger, marks: MarkLedger): Violation[] {
  return [...checkOrder(device, ledger), ...checkSightings(device, ledger), ...checkRest(device, ledger, marks)];
}

function checkOrder({ name, typed }: DeviceHistory, ledger: Ledger): Violation[] {
  return [...ledger.logs.values()].flatMap(({ events }) => checkDeviceOrder(name, typed, events));
}

function checkSightings({ name, account, typed, sightings }: DeviceHistory, ledger: Ledger): Violation[] {
  const memories = new Map<number, RowMemory>();
  const toBlock = [...typed.all()].flatMap(({ kind, target }) => (kind === "block" && target ? [target] : []));
  const blocked = new Set([...ledger.blocks.everBlockedBy(account), ...toBlock]);
  return sightings.flatMap(({ life, at, view }) => {
    const memory = memories.get(life) ?? new RowMemory();
    memories.set(life, memory);
    const history = ledger.log(view.conversation);
    const wished = new Set([
      ...ledger.wishedHidden(account, view.conversation),
      ...ledger.cutOffFrom(account, view.conversation),
    ]);
    const shown = { device: name, viewer: account, view, history, typed, memory, era: 0, wished, blocked };
    return checkTimeline({ ...shown, now: at });
  });
}

function checkRest(device: DeviceHistory, ledger: Ledger, marks: MarkLedger): Violation[] {
  const { name, account, typed, atRest } = device;
  if (atRest === undefined) return [];
  const { listed, screens, rejected } = atRest;
  const shown = new Set(screens.map((view) => view.conversation));
  return [
    ...checkListAtRest(name, account, listed, ledger, marks, (conversation) =>
      ledger.uncountedBy(account, conversation),
    ),
    ...listed.flatMap((view) => checkPreview(device, view, ledger)),
    ...listed
      .filter(({ id }) => ledger.log(id).intervals(account).length === 0 && !isOwnFailure(device, id))
      .map(({ id }) => ({ rule: "VIS5", detail: `${name} lists ${id}, which its account never saw` })),
    ...listed
      .filter(({ id }) => !shown.has(id))
      .map(({ id }) => ({ rule: "SYN2", detail: `${name} lists ${id}, but does not show it` })),
    ...screens.flatMap((view) =>
      checkTimelineAtRest(
        name,
        account,
        view,
        ledger.log(view.conversation),
        unseenBy(ledger, account, view.conversation),
        ledger.blocks,
      ),
    ),
    ...checkNothingLost(name, typed, ledger, rejected),
  ];
}

/** The list tells the newest entry that its viewer may see, as it is now. */
function checkPreview({ name, account }: DeviceHistory, { id, newest }: ConversationView, ledger: Ledger): Violation[] {
  // A message that could not be sent stays in the list until the person gives it up.
  if (newest?.status?.kind === "failed") return [];
  const history = ledger.log(id);
  const head = history.viewerHead(account);
  const unseen = unseenBy(ledger, account, id);
  const isLeftOut = (entry: Entry) => unseen.has(entry.id) || ledger.blocks.folds(account, entry);
  const newestSeen = history.allSeen(account, head).findLast((entry) => !isLeftOut(entry));
  const forms = history.forms(account, newestSeen?.ordinal ?? 0, head);
  const expected = forms.map(previewOf);
  const shown = newest === undefined ? "nothing" : `${newest.kind} ${newest.text}`;
  if (expected.includes(shown) || (expected.length === 0 && newest === undefined)) return [];
  return [{ rule: "SYN2", detail: `${name} lists ${id} with ${shown}, not ${expected.join(" or ")}` }];
}

function previewOf({ body }: Entry): string {
  if (body.case !== "message") return "system ";
  const { state } = body.value;
  if (state.case === "deleted" && state.value.expired) return "expired ";
  if (state.case !== "content") return `${state.case ?? "nothing"} `;
  return `message ${state.value.form.case === "plain" ? state.value.form.value.text : ""}`;
}

/** A conversation that this device began and that was refused stays in its list until the person gives it up. */
function isOwnFailure({ submitted, atRest }: DeviceHistory, conversation: string): boolean {
  return submitted.some(({ id, log }) => log === conversation && atRest?.rejected.has(id) === true);
}
