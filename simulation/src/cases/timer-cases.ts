import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

const SECONDS = 20;

/** Messages that disappear. */
export const timerCases = {
  "messages that disappear while a device is off, and no server runs": {
    rules: ["DIS1", "DIS2", "DIS4", "DIS5"],
    devices: [1, 2],
    async play(stage) {
      const { world } = stage;
      const conversation = await timed(stage, ["ada-1", "ben-1", "ben-2"]);
      const secret = stage.post("ada-1", conversation, "secret");
      await stage.untilJudged(secret);
      await world.until(() => isHeld(stage, "ben-2", "secret"));
      const screen = await stage.look("ben-1", conversation);
      stage.owner("ben-1").engine.markRead(conversation, screen.view.entryHead);
      const begun = () => world.truth.ledger.log(conversation).events.some(({ body }) => body.case === "expiryBegun");
      await world.until(begun);
      await world.run(2_000);
      stage.device("ben-2").link.takeDown();
      world.server.crash(true);
      await world.run(SECONDS * 1_000);
      const holders = ["ada-1", "ben-1", "ben-2"].filter((name) => isHeld(stage, name, "secret"));
      expectThat(`it is left on no device, but on ${holders}`, holders.length === 0);
      await world.time.await(world.server.start(), 10_000, world.inspectStep);
      stage.device("ben-2").link.restore();
      await world.run(10_000);
    },
    atRest: nothingIsLeft,
  },

  "a message that disappears when a former member is off": {
    rules: ["DIS3"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await timed(stage, ["ada-1", "ben-1"]);
      await stage.untilJudged(stage.post("ada-1", conversation, "secret"));
      await world.until(() => isHeld(stage, "ben-1", "secret"));
      const screen = await stage.look("ben-1", conversation);
      stage.owner("ben-1").engine.markRead(conversation, screen.view.entryHead);
      await world.run(2_000);
      world.typist.leave(stage.device("ben-1"), conversation);
      await world.run(1_000);
      stage.device("ben-1").kill();
      await world.until(() => stage.texts(conversation).every((text) => text === undefined), SECONDS * 2_000);
    },
    atRest: nothingIsLeft,
  },

  "a message that had disappeared when the server is set back to before it was written": {
    rules: ["DIS4"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const conversation = await timed(stage, ["ada-1", "ben-1"]);
      world.server.backUp();
      await stage.untilJudged(stage.post("ada-1", conversation, "secret"));
      const screen = await stage.look("ben-1", conversation);
      await world.until(() => isHeld(stage, "ben-1", "secret"));
      stage.owner("ben-1").engine.markRead(conversation, screen.view.entryHead);
      await world.until(() => stage.texts(conversation).every((text) => text === undefined), SECONDS * 2_000);
      await world.run(2_000);
      world.server.crash(true);
      expectThat("there was a backup", world.server.restoreBackup(true));
      await world.time.await(world.server.start(), 10_000, world.inspectStep);
      await stage.untilOnline("ada-1", "ben-1");
      await world.run(10_000);
    },
    atRest: nothingIsLeft,
  },
} satisfies Record<string, Case>;

/** A group whose messages disappear. */
async function timed(stage: Stage, names: readonly [string, ...string[]]): Promise<string> {
  const conversation = await stage.group(...names);
  await stage.untilJudged(stage.world.typist.setTimer(stage.device(names[0]), conversation, SECONDS));
  return conversation;
}

/** Whether anything in the local store of a device says this. */
function isHeld(stage: Stage, name: string, text: string): boolean {
  const { image } = stage.device(name).disk;
  const { conversations, outbox } = image.state();
  const rows = conversations.flatMap(({ id, newest }) => [newest, ...image.entries(id, 1, 1_000)]);
  const commands = outbox.map(({ command }) => new TextDecoder().decode(command));
  return [JSON.stringify(rows), ...commands].some((part) => part.includes(text));
}

function nothingIsLeft(stage: Stage): void {
  const said = [...stage.world.truth.ledger.logs.keys()].flatMap((id) => stage.texts(id));
  expectThat(`nothing is left on the server: ${said}`, !said.includes("secret"));
  const holders = stage.world.devices.filter(({ name }) => isHeld(stage, name, "secret")).map(({ name }) => name);
  expectThat(`nothing is left on ${holders}`, holders.length === 0);
}
