import { fromBinary } from "@bufbuild/protobuf";
import type { OutboxEntry, StoredConversation, Timeline, TimelineRow, TimelineView } from "@parley/client";
import { clampMarks, type Marks, memberOf, mergeMarks } from "@parley/log";
import { CommandSchema, ConversationKind, type Entry } from "@parley/protocol";
import type { TypedCommands } from "@parley/simulation/oracle";
import type { Device } from "../crowd/device.ts";
import type { Reading } from "../history/history.ts";
import { until } from "./patience.ts";

const SCREEN_WITHIN_MS = 20_000;

/** Waits until every device is connected and nothing waits on it: no command, no mark. */
export async function settled(devices: readonly Device[], withinMs: number): Promise<void> {
  for (const { run } of devices) run?.engine.reconnect();
  const restless = () => devices.flatMap((device) => restlessness(device) ?? []);
  await until(
    () => restless().length === 0,
    withinMs,
    () => restless().join("; "),
  );
}

/** Why a device is not at rest. */
function restlessness({ name, account, run, disk }: Device): string | undefined {
  if (run === undefined) return `${name} does not run`;
  const { kind } = run.engine.connection.get();
  if (kind !== "online") return `${name} is ${kind}`;
  const { pending, holdUp } = run.engine.conversations.get();
  if (pending > 0) return `${name} has ${pending} pending commands, ${holdUp ?? "not held up"}`;
  const due = run.engine.account.get().scheduled?.find(({ state }) => state === "waiting" || state === "unsent");
  if (due !== undefined) return `${name} waits for ${due.id}, which is scheduled`;
  const reminder = run.engine.account.get().reminders?.find(({ state }) => state !== "due");
  if (reminder !== undefined) return `${name} is to be reminded of ${reminder.message}`;
  const { conversations, meta } = disk.image.state();
  // Where the other one is blocked, no mark goes beyond that.
  const cutOf = (id: string) => meta?.blocked?.people.find(({ conversation }) => conversation === id)?.ordinal;
  const marking = conversations.find((stored) => wantsMore(stored, account, cutOf(stored.id)));
  return marking === undefined ? undefined : `${name} wants marks in ${marking.id}`;
}

function wantsMore(
  { state, read, wanted }: StoredConversation,
  viewer: string,
  cut = Number.POSITIVE_INFINITY,
): boolean {
  // Who only looks at a thread has no marks there.
  const isThread = state?.kind === ConversationKind.THREAD;
  if (isThread && memberOf(state, viewer)?.present !== true) return false;
  const merged: Marks = clampMarks(mergeMarks(read, wanted), cut);
  return merged.delivered > read.delivered || merged.read > read.read;
}

/** Waits until the devices of an account hold every log as far as the server says that it goes. */
export async function caughtUp(devices: readonly Device[], { statuses }: Reading): Promise<void> {
  const behind = () =>
    devices.flatMap(({ name, disk }) => {
      const heads = new Map(disk.image.state().conversations.map(({ id, head }) => [id, head.seq]));
      return statuses.flatMap(({ head }) => {
        const held = heads.get(head?.conversation ?? "") ?? 0;
        return held === head?.seq ? [] : [`${name} holds ${head?.conversation} up to ${held}, not ${head?.seq}`];
      });
    });
  await until(
    () => behind().length === 0,
    SCREEN_WITHIN_MS,
    () => behind().join("; "),
  );
}

/**
 * Shows every conversation of a device from the newest entry to the oldest, at most so many windows of each, and writes them down.
 *
 * @param reading of its account: what the server withholds there, a screen may withhold for good
 */
export async function showEverything(device: Device, windows: number, reading: Reading): Promise<void> {
  const { run, recorder, disk } = device;
  if (run === undefined) throw new Error(`${device.name} does not run.`);
  const { conversations, threads = [] } = run.engine.conversations.get();
  const listed = [...conversations, ...threads.filter(({ thread }) => thread?.following === true)];
  const screens = [];
  const withheld = new Set(reading.pages.flatMap(({ entries }) => entries.filter(isWithheld).map(({ id }) => id)));
  const complete = (timeline: Timeline) =>
    until(
      () => isComplete(timeline.get(), withheld),
      SCREEN_WITHIN_MS,
      () => `${device.name} does not complete ${timeline.get().conversation}`,
    );
  for (const { id } of listed) {
    const timeline = device.open(id);
    if (timeline === undefined) continue;
    await complete(timeline);
    await timeline.jumpToNewest();
    for (let count = 1; ; count++) {
      await complete(timeline);
      const view = timeline.get();
      screens.push(view);
      if (view.atOldest || count === windows) break;
      await timeline.loadOlder();
    }
    device.close(id);
  }
  const rejected = disk.image.state().outbox.filter(({ state }) => state.kind === "rejected");
  const { saved, scheduled = [], reminders = [], blocked = [] } = run.engine.account.get();
  const kept = new Set(rejected.flatMap((entry) => keptWith(entry, recorder.typed)));
  const own = { saved: saved?.count ?? 0, scheduled, reminders, blocked: blocked.map(({ account }) => account) };
  recorder.atRest = { listed, screens, ...own, rejected: kept };
}

/** A command that was refused, and the edit that became part of it before it was sent. */
function keptWith({ id, command }: OutboxEntry, typed: TypedCommands): string[] {
  const { body } = fromBinary(CommandSchema, command);
  const form = body.case === "post" ? body.value.content?.form : undefined;
  const text = form?.case === "plain" ? form.value.text : undefined;
  const edits = typed.changesOf(id).filter((change) => change.kind === "edit" && change.text === text);
  return [id, ...edits.map((edit) => edit.id)];
}

/** Nothing that is shown is still to be fetched: no hole, no pinned message, and no content that came without its event. */
function isComplete({ loaded, rows, pinned }: TimelineView, withheld: ReadonlySet<string>): boolean {
  const lacks = (row: TimelineRow) =>
    row.kind === "hole" || (row.kind === "message" && row.body.kind === "withheld" && !withheld.has(row.id));
  return loaded && !rows.some(lacks) && !pinned.some(({ body }) => body.kind === "not-held");
}

function isWithheld({ body }: Entry): boolean {
  return body.case === "message" && body.value.state.case === "withheld";
}
