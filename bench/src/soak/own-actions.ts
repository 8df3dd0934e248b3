import { ReportReason } from "@parley/protocol";
import { post, setTimer } from "@parley/rig";
import { type Action, type Body, commandOf, NOTHING, sentence, submit } from "./acting.ts";
import type { Here, SoakConversation, SoakWorld } from "./soak-world.ts";

/** For how long something stays that is set and ended again, so that what there is does not grow. */
const LASTS_MS = { from: 100, to: 3_000 };
/** From now, of what somebody is to be reminded of. */
const REMINDED_MS = { from: 100, to: 2_000 };
const DUE_WITHIN_MS = 500;
const CLEARED_BEFORE = 0.3;
const TIMER_SECONDS = 5;

type Place = Readonly<{ conversation: string; message: string }>;

/** What people set for themselves, or for a while. */
export const ownActions: readonly Action[] = [
  {
    name: "save",
    weight: 1,
    run: (world, person) =>
      onMessage(world, person, (_, place) =>
        forAWhile(world, person, { log: person.account }, (saved) => ({
          case: "setSaved",
          value: { ...place, saved },
        })),
      ),
  },
  {
    name: "pin",
    weight: 0.7,
    run: (world, person) =>
      onMessage(world, person, (conversation, { message: target }) =>
        forAWhile(world, person, conversation, (pinned) =>
          pinned ? { case: "pinMessage", value: { target } } : { case: "unpinMessage", value: { target } },
        ),
      ),
  },
  {
    name: "be reminded",
    weight: 1,
    run: (world, person) => onMessage(world, person, (_, at) => remind(world, person, at)),
  },
  { name: "block", weight: 0.4, run: block },
  { name: "report", weight: 0.3, run: report },
  { name: "say what disappears", weight: 0.7, run: sayForAWhile },
];

async function onMessage(
  world: SoakWorld,
  person: Here,
  act: (conversation: SoakConversation, place: Place) => Promise<string>,
): Promise<string> {
  const conversation = world.conversationOf(person);
  const target = world.random.pick(conversation?.recent ?? []);
  if (conversation === undefined || target === undefined) return NOTHING;
  return act(conversation, { conversation: conversation.log, message: target.id });
}

async function forAWhile(
  world: SoakWorld,
  person: Here,
  log: { readonly log: string },
  body: (on: boolean) => Body,
): Promise<string> {
  const outcome = await submit(person, commandOf(log, body(true)));
  if (outcome !== "accepted") return outcome;
  await Bun.sleep(world.random.integer(LASTS_MS.from, LASTS_MS.to));
  return `and ended: ${await submit(person, commandOf(log, body(false)))}`;
}

/** In a moment; once it is due, and now and then before, it is done with. */
async function remind(world: SoakWorld, person: Here, place: Place): Promise<string> {
  const own = { log: person.account };
  const inMs = world.random.integer(REMINDED_MS.from, REMINDED_MS.to);
  const value = { ...place, at: Date.now() + inMs };
  const outcome = await submit(person, commandOf(own, { case: "setReminder", value }));
  if (outcome !== "accepted") return outcome;
  await Bun.sleep(world.random.chance(CLEARED_BEFORE) ? inMs / 2 : inMs + DUE_WITHIN_MS);
  return `and cleared: ${await submit(person, commandOf(own, { case: "clearReminder", value: place }))}`;
}

/** Somebody with whom one writes alone. */
async function block(world: SoakWorld, person: Here): Promise<string> {
  const direct = world.conversationOf(person, "direct");
  const account = [...(direct?.members ?? [])].find((member) => member !== person)?.account;
  if (account === undefined) return NOTHING;
  return forAWhile(world, person, { log: person.account }, (blocked) => {
    return { case: "setBlocked", value: { account, blocked } };
  });
}

async function report(world: SoakWorld, person: Here): Promise<string> {
  const conversation = world.conversationOf(person);
  const target = world.random.pick(conversation?.recent.filter(({ author }) => author !== person) ?? []);
  if (conversation === undefined || target === undefined) return NOTHING;
  const about = { conversation: conversation.log, messages: [target.id] };
  const value = { ...about, reason: ReportReason.OTHER, note: sentence(world), withContext: world.random.chance(0.5) };
  return submit(person, commandOf({ log: person.account }, { case: "reportMessage", value }));
}

/** What others say meanwhile disappears as well, once it was read. */
async function sayForAWhile(world: SoakWorld, person: Here): Promise<string> {
  const conversation = world.conversationOf(person);
  if (conversation === undefined) return NOTHING;
  const set = await submit(person, setTimer(conversation.log, TIMER_SECONDS));
  if (set !== "accepted") return set;
  const outcome = await submit(person, post(conversation.log, sentence(world)));
  await submit(person, setTimer(conversation.log, 0));
  return outcome;
}
