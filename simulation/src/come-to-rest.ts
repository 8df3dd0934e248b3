import type { ConversationView } from "@parley/client";
import type { Device } from "./device/device.ts";
import type { Owner } from "./device/owner.ts";
import { checkApartAtRest } from "./oracle/check-apart-at-rest.ts";
import { checkBlockedAtRest } from "./oracle/check-blocked-at-rest.ts";
import { checkDraftsAtRest } from "./oracle/check-drafts.ts";
import { checkExpiriesAtRest } from "./oracle/check-expiry.ts";
import { checkHiddenAtRest } from "./oracle/check-hidden.ts";
import { checkLeftOut } from "./oracle/check-left-out.ts";
import { checkListedPicture, checkPictureGiven, isHeldPicture } from "./oracle/check-pictures.ts";
import { checkNothingUnset, checkPreferencesAtRest } from "./oracle/check-preferences.ts";
import { checkNothingToRemind } from "./oracle/check-reminders.ts";
import { checkRemindersAtRest } from "./oracle/check-reminders-at-rest.ts";
import { checkRequestsAtRest } from "./oracle/check-requests-at-rest.ts";
import { checkSavedAtRest } from "./oracle/check-saved.ts";
import { checkNothingDue, checkScheduledAtRest } from "./oracle/check-scheduled.ts";
import { throwFirst } from "./oracle/violation.ts";
import type { World } from "./world.ts";

/** Long enough for every backoff, heartbeat and retry to come round. */
const CALM_MS = 110_000;
const REST_LIMIT_MS = 60_000;
/** For the rows of a screen to arrive. */
const SCREEN_MS = 1_000;
const MOST_SCREENS = 100;
/** What is due later does not come while everything is looked at. */
const LOOKING_MS = 15 * 60_000;
/** What is due is done by then, and has reached every device. */
const DUE_WITHIN_MS = 5_000;

/** Everything works again; time passes; then everything must be as it should be, on every device and in the store. */
export async function comeToRest(world: World): Promise<void> {
  world.heal();
  await world.time.await(world.server.start(), REST_LIMIT_MS, world.inspectStep);
  await world.run(CALM_MS / 2);
  if (!sendLast(world)) await startAgain(world);
  await world.run(CALM_MS / 2);
  await waitForWhatIsDue(world);
  await world.inspectEverything(true);
  throwFirst(checkNothingDue(world.storeInspector.scheduled, world.time.now() - DUE_WITHIN_MS));
  throwFirst(checkNothingToRemind(world.storeInspector.reminders, world.time.now() - DUE_WITHIN_MS));
  const { toldMarks } = world.storeInspector;
  throwFirst(checkExpiriesAtRest(world.truth.ledger.logs, toldMarks, world.time.now() - DUE_WITHIN_MS));
  // Drafts have no history by which devices would notice that it is another one.
  if (!world.server.copiedBack) throwFirst(checkDraftsAtRest(world.devices, world.truth.ledger));
  // Nor have account logs, where a file was copied back.
  if (!world.server.copiedBack) {
    throwFirst(checkPreferencesAtRest(world.devices, world.storeInspector.preferences));
    throwFirst(checkSavedAtRest(world.devices, world.storeInspector.saved));
    throwFirst(checkScheduledAtRest(world.devices, world.storeInspector.scheduled));
    throwFirst(checkRemindersAtRest(world.devices, world.storeInspector.reminders));
    throwFirst(checkHiddenAtRest(world.devices, world.storeInspector.hidden, world.truth.ledger));
    throwFirst(checkBlockedAtRest(world.devices, world.storeInspector.blocked));
    throwFirst(checkApartAtRest(world.devices, world.storeInspector.preferences, world.truth.ledger));
    throwFirst(checkRequestsAtRest(world.storeInspector.preferences, world.truth.ledger, world.messageRequests));
    throwFirst(checkNothingUnset(world.devices, world.truth.ledger));
  }
  if (world.truth.era === 0) {
    throwFirst(checkLeftOut(world.devices, world.truth.ledger));
    throwFirst(world.typist.drafts.check(world.devices, world.truth.ledger));
    throwFirst(world.inspector.marksAtRest(world.storeInspector.toldMarks));
  }
  for (const device of world.devices) {
    throwFirst(world.inspector.atRest(device));
    const { owner } = device;
    const { conversations = [], threads = [] } = owner?.engine.conversations.get() ?? {};
    const listed = [...conversations, ...threads.filter(({ thread }) => thread?.following === true)];
    if (owner === undefined) continue;
    for (const { id } of listed) await readThrough(world, device, owner, id);
    for (const conversation of conversations) await lookAtPicture(world, device, owner, conversation);
  }
}

async function lookAtPicture(world: World, device: Device, owner: Owner, listed: ConversationView): Promise<void> {
  const { id, picture = "" } = listed;
  const history = world.truth.ledger.log(id);
  throwFirst(checkListedPicture(device.name, device.account, listed, history));
  if (!isHeldPicture(history, picture)) return;
  const asked = owner.engine.picture(id, picture);
  const looked = asked.then((bytes) => throwFirst(checkPictureGiven(device.name, id, picture, bytes)));
  await world.time.await(looked, REST_LIMIT_MS, world.inspectStep);
}

/** So that nothing is posted, and nobody reminded, while it is looked at. */
async function waitForWhatIsDue(world: World): Promise<void> {
  const { ledger } = world.truth;
  const plans = world.people.flatMap(({ account }) => [...ledger.scheduled.current(account).values()]);
  const reminders = world.devices.flatMap(({ disk }) => disk.image.state().meta?.reminders ?? []);
  const until = world.time.now() + LOOKING_MS;
  const due = [...[...plans, ...reminders].map(({ at }) => at), ...ledger.expiries()];
  const last = Math.max(0, ...due.filter((at) => at <= until));
  await world.run(Math.max(0, last - world.time.now()) + DUE_WITHIN_MS);
}

/** Whoever missed an event finds out at the next one: so there is one everywhere. False where somewhere nobody may say anything. */
function sendLast({ truth, devices, typist, coverage }: World): boolean {
  const { blocks, logs } = truth.ledger;
  let everywhere = true;
  for (const [id, history] of logs) {
    const { state = history.state } = history.parent ?? {};
    // Who is asked would accept a request by that, and who asks may have said enough.
    const mayWrite = (account: string) =>
      state?.request !== true && blocks.cutOf(account, state?.id ?? id) === undefined;
    const device = devices.find(({ account }) => history.isPresent(account) && mayWrite(account));
    if (device !== undefined) typist.post(device, id, `last of ${coverage.total("command ")}`);
    else everywhere &&= !devices.some(({ account }) => history.isPresent(account));
  }
  return everywhere;
}

/** Who missed an event finds out when they connect again, too. */
async function startAgain({ server, time, inspectStep }: World): Promise<void> {
  await time.await(server.stop(), REST_LIMIT_MS, inspectStep);
  await time.await(server.start(), REST_LIMIT_MS, inspectStep);
}

/** Scrolls from the newest entry to the oldest and compares every screen with the truth. */
async function readThrough(world: World, device: Device, owner: Owner, conversation: string): Promise<void> {
  const screen = owner.open(conversation);
  const { timeline } = screen;
  const settle = (what: Promise<void>) => world.time.await(what, REST_LIMIT_MS, world.inspectStep);
  await world.until(() => screen.view.loaded, REST_LIMIT_MS);
  await settle(timeline.jumpToNewest());
  for (let turn = 0; turn < MOST_SCREENS; turn++) {
    await world.run(SCREEN_MS);
    throwFirst(world.inspector.screenAtRest(device, screen));
    if (screen.view.atOldest) break;
    await settle(timeline.loadOlder());
  }
  owner.close(conversation);
}
