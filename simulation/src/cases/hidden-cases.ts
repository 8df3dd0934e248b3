import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

/** What one person deletes for themselves on one of two devices. */
export const hiddenCases = {
  "messages deleted for oneself without a network, one of them edited, one deleted for everyone meanwhile": {
    rules: ["HID1", "HID2", "HID3", "HID4"],
    devices: [2, 1],
    async play(stage) {
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      const posts = ["one", "two", "three", "four"].map((text) => stage.post("ben-1", conversation, text));
      const [one = "", two = "", three = "", four = ""] = posts;
      await stage.untilJudged(...posts);
      for (const name of ["ada-1", "ada-2"]) await stage.look(name, conversation);
      await stage.world.run(5_000);
      stage.device("ada-2").link.takeDown();
      stage.hide("ada-2", conversation, four, two);
      stage.hide("ada-2", conversation, one);
      stage.world.typist.edit(stage.device("ben-1"), conversation, two, "zwei");
      stage.world.typist.remove(stage.device("ben-1"), conversation, one);
      await stage.world.run(2_000);
      const [unread, newest] = [
        stage.listed("ada-2", conversation)?.unread,
        stage.listed("ada-2", conversation)?.newest,
      ];
      expectThat(`only three is unread: ${unread}`, unread === 1);
      expectThat(`three is the last: ${newest?.text}`, newest?.text === "three");
      const rows = stage.owner("ada-2").screens.flatMap((screen) => screen.messages.map(({ id }) => id));
      expectThat(`only three is shown: ${rows}`, rows.join() === three);
      await stage.world.run(10_000);
    },
    atRest(stage) {
      const [conversation = ""] = stage.world.truth.ledger.logs.keys();
      for (const name of ["ada-1", "ada-2"]) {
        const unread = stage.listed(name, conversation)?.unread;
        expectThat(`three and the last are unread on ${name}: ${unread}`, unread === 1 || unread === 2);
      }
    },
  },

  "a chat that is cleared without a network, written in meanwhile, and deleted on another device": {
    rules: ["HID1", "HID2", "HID3", "HID4", "HID5"],
    devices: [2, 1],
    async play(stage) {
      const conversation = await stage.group("ada-1", "ada-2", "ben-1");
      const old = ["one", "two"].map((text) => stage.post("ben-1", conversation, text));
      await stage.untilJudged(...old);
      for (const name of ["ada-1", "ada-2"]) await stage.look(name, conversation);
      await stage.world.run(5_000);
      const state = (name: string) => {
        const { unread, newest, unlisted = false } = stage.listed(name, conversation) ?? {};
        const rows = stage.owner(name).screens.flatMap((screen) => screen.view.rows);
        return `${unread} ${newest?.text} ${unlisted} ${rows.length}`;
      };
      stage.device("ada-2").link.takeDown();
      stage.clear("ada-2", conversation, false);
      await stage.world.run(2_000);
      expectThat(`nothing is left: ${state("ada-2")}`, state("ada-2") === "0 undefined false 0");
      const more = stage.post("ben-1", conversation, "three");
      await stage.untilJudged(more);
      stage.device("ada-2").link.heal();
      await stage.world.run(10_000);
      for (const name of ["ada-1", "ada-2"]) {
        expectThat(`three is left on ${name}: ${state(name)}`, state(name) === "1 three false 1");
      }
      stage.clear("ada-1", conversation, true);
      await stage.world.run(5_000);
      for (const name of ["ada-1", "ada-2"]) {
        expectThat(`it is in no list on ${name}: ${state(name)}`, state(name) === "0 undefined true 0");
      }
    },
    atRest(stage) {
      const [conversation = ""] = stage.world.truth.ledger.logs.keys();
      for (const name of ["ada-1", "ada-2"]) {
        const listed = stage.listed(name, conversation);
        expectThat(`with the last it is back on ${name}`, listed !== undefined && listed.unlisted !== true);
      }
    },
  },

  "a file copied back to before a message that one device still hides where now another one stands": {
    rules: ["HID1", "PRF4", "MRK3"],
    devices: [1, 2],
    async play(stage) {
      const unread = await unreadAfterCopyBack(stage, 0);
      expectThat(`both have noticed: ${unread}`, unread === "1, 1");
    },
  },

  "a file copied back and written on beyond what a device holds that hides a message": {
    rules: ["HID1", "MRK3"],
    devices: [1, 2],
    async play(stage) {
      const unread = await unreadAfterCopyBack(stage, 1);
      expectThat(`only who was there has noticed: ${unread}`, unread === "2, 1");
    },
  },
} satisfies Record<string, Case>;

/**
 * How many messages two devices of ben count as unread after a message that he had hidden was lost and sent again. The second device comes back to an account log that
 * has grown as long as it was before.
 *
 * @param more messages that follow before the second device comes back
 */
async function unreadAfterCopyBack(stage: Stage, more: number): Promise<string> {
  const { world } = stage;
  const conversation = await stage.group("ada-1", "ben-1", "ben-2");
  world.server.backUp();
  const post = stage.post("ada-1", conversation, "not for ben");
  await stage.untilJudged(post);
  await world.run(5_000);
  stage.hide("ben-1", conversation, post);
  await world.run(5_000);
  for (const name of ["ada-1", "ben-2"]) stage.device(name).link.takeDown();
  world.server.crash(true);
  expectThat("there was a backup", world.server.restoreBackup(false));
  await world.time.await(world.server.start(), 10_000, world.inspectStep);
  await stage.untilOnline("ben-1");
  await world.run(5_000);
  expectThat("there is nothing to hide any more", stage.judged(post) === false);
  for (const pinned of [true, false]) stage.prefer("ben-1", conversation, { kind: "pin", pinned });
  await world.run(5_000);
  stage.device("ada-1").link.heal();
  await stage.untilJudged(post);
  const others = Array.from({ length: more }, (_, index) => stage.post("ada-1", conversation, `more ${index}`));
  await stage.untilJudged(...others);
  stage.device("ben-2").link.heal();
  await world.run(10_000);
  return ["ben-1", "ben-2"].map((name) => stage.listed(name, conversation)?.unread).join(", ");
}
