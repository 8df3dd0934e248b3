import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

const WEEK_MS = 7 * 24 * 3_600_000;
/** More changes than are sent one by one. */
const [BATCHES, BATCH] = [11, 50] as const;
const CONVERSATIONS = 12;
const WAITING = 20;
/** To connect, and to send what waited in all conversations. */
const FLUSHED_AFTER_MS = 20_000;
/** Longer than everything else takes. */
const PUT_OFF_MS = 2 * FLUSHED_AFTER_MS;

/** A week in which a device does not hear of the server. */
export const weekCases = {
  "a message whose answer a device hears a week later": {
    rules: ["CMD1", "ORD3"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await stage.group("ada-1", "ben-1");
      const ada = stage.device("ada-1");
      const ids: string[] = [];
      for (const name of ["first", "second"]) {
        ids.push(stage.post("ada-1", conversation, name), stage.post("ada-1", conversation, `${name} and on`));
        await stage.untilJudged(...ids);
        ada.link.breakAll({ client: false, server: false });
        ada.fallAsleep();
        // So much that its own messages are not among what it is shown when it is back.
        for (let batch = 0; batch < BATCHES; batch++) {
          const said = Array.from({ length: BATCH }, (_, index) =>
            stage.post("ben-1", conversation, `${batch}.${index}`),
          );
          await stage.untilJudged(...said);
        }
        await passWeek(stage);
        await world.until(() => stage.owner("ada-1").engine.conversations.get().pending === 0);
      }
    },
    atRest(stage) {
      const [conversation] = stage.world.truth.ledger.logs.keys();
      const texts = stage.texts(conversation ?? "").filter((text) => /first|second/.test(text ?? ""));
      expectThat("each is there once", texts.join() === "first,first and on,second,second and on");
    },
  },

  "a week's queue over many conversations, one of which is put off": {
    rules: ["OUT1", "OUT5", "ORD5"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const ada = stage.device("ada-1");
      const conversations = await groups(stage);
      await world.run(2_000);
      ada.link.takeDown();
      await world.run(1_000);
      const waiting = conversations.flatMap((conversation) =>
        Array.from({ length: WAITING }, (_, index) => ({
          conversation,
          index,
          id: stage.post("ada-1", conversation, `${index}`),
        })),
      );
      const edits = waiting
        .filter(({ index }) => index % 3 === 0)
        .map(({ conversation, index, id }) => world.typist.edit(ada, conversation, id, `${index}`.padStart(3)));
      const typed = [...waiting.map(({ id }) => id), ...edits];
      await world.until(() => typed.every((id) => ada.typed.get(id)?.durable === true));
      ada.kill();
      await passWeek(stage);
      const [putOff = ""] = conversations;
      world.server.storage.putOff = { log: putOff, retryAfterMs: PUT_OFF_MS };
      ada.link.restore();
      ada.start();
      const others = waiting.filter(({ conversation }) => conversation !== putOff);
      await world.until(() => others.every(({ id }) => stage.judged(id)), FLUSHED_AFTER_MS);
      world.server.storage.putOff = undefined;
      await stage.untilJudged(...waiting.map(({ id }) => id));
    },
    atRest(stage) {
      for (const conversation of stage.world.truth.ledger.logs.keys()) {
        const texts = stage.texts(conversation).filter((text) => !text?.startsWith("last"));
        const said = Array.from({ length: WAITING }, (_, index) =>
          index % 3 === 0 ? `${index}`.padStart(3) : `${index}`,
        );
        expectThat("everything that waited is there, in its order", texts.join() === said.join());
      }
    },
  },

  "a device that looks at one of many conversations when it comes back after a week": {
    rules: ["SYN2", "SYN9"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversations = await groups(stage);
      for (let round = 0; round < 4; round++) {
        const looked = conversations[(5 * round + 3) % CONVERSATIONS] ?? "";
        await stage.look("ada-1", looked);
        await world.run(2_000);
        stage.device("ada-1").kill();
        const ids = conversations.flatMap((conversation) =>
          Array.from({ length: WAITING }, (_, index) => stage.post("ben-1", conversation, `${round}.${index}`)),
        );
        await stage.untilJudged(...ids);
        await passWeek(stage);
        world.server.storage.readLatency = { fromMs: 20, toMs: 60 };
        stage.device("ada-1").start();
        const isCurrent = (id: string) => stage.listed("ada-1", id)?.newest?.text === `${round}.${WAITING - 1}`;
        await world.until(() => conversations.some(isCurrent));
        expectThat("what is looked at comes first", isCurrent(looked));
        await world.until(() => conversations.every(isCurrent));
        world.server.storage.heal();
      }
    },
  },
} satisfies Record<string, Case>;

/** Conversations of Ada and Ben. */
async function groups(stage: Stage): Promise<readonly string[]> {
  const made: string[] = [];
  while (made.length < CONVERSATIONS) made.push(await stage.group("ada-1", "ben-1"));
  return made;
}

/** What runs sleeps, and the server is off. */
async function passWeek({ world }: Stage): Promise<void> {
  const sleeping = world.devices.filter(({ owner }) => owner !== undefined);
  for (const device of sleeping) device.fallAsleep();
  world.server.crash(true);
  await world.run(WEEK_MS);
  await world.time.await(world.server.start(), FLUSHED_AFTER_MS, world.inspectStep);
  for (const device of world.devices) device.wakeUp();
}
