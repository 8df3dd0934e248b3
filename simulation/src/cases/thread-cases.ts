import { threadConversationId } from "@parley/protocol";
import { type Case, expectThat } from "./case.ts";
import type { Stage } from "./stage.ts";

/** The replies that a screen shows. */
function shown(stage: Stage, name: string, thread: string): readonly string[] {
  const { messages = [] } = stage.owner(name).screen(thread) ?? {};
  return messages.flatMap(({ body }) => (body.kind === "text" ? [body.text] : []));
}

function follows(stage: Stage, name: string, thread: string): boolean {
  const { threads = [] } = stage.owner(name).engine.conversations.get();
  return threads.some(({ id, thread: place }) => id === thread && place?.following === true);
}

function mentions(stage: Stage, name: string, thread: string): string {
  const { threads = [] } = stage.owner(name).engine.conversations.get();
  const view = threads.find(({ id }) => id === thread);
  return `${view?.unread} unread, ${view?.mentions} of them for oneself`;
}

/** What the root of a thread tells of it. */
function replies(stage: Stage, name: string, conversation: string, root: string): number | undefined {
  const row = stage
    .owner(name)
    .screen(conversation)
    ?.messages.find(({ id }) => id === root);
  return row?.thread?.replies;
}

function reply(stage: Stage, name: string, conversation: string, root: string, text: string): string {
  return stage.world.typist.postInThread(stage.device(name), { conversation, root }, text);
}

export const threadCases = {
  "a thread that goes on while who followed it is out of the group": {
    rules: ["THR2", "THR3", "THR5"],
    devices: [1, 1, 1],
    async play(stage) {
      const { world } = stage;
      const { typist } = world;
      const group = await stage.group("ada-1", "ben-1", "cleo-1");
      for (const name of ["ada-1", "ben-1", "cleo-1"]) await stage.look(name, group);
      const root = stage.post("ada-1", group, "root");
      await stage.untilJudged(root);
      const thread = threadConversationId(group, root);
      await stage.untilJudged(reply(stage, "cleo-1", group, root, "before"));
      await world.until(() => follows(stage, "cleo-1", thread) && follows(stage, "ada-1", thread));
      const cleo = stage.account("cleo-1");
      typist.removeMembers(stage.device("ada-1"), group, [cleo]);
      await world.until(() => stage.listed("cleo-1", group)?.writable === false);
      await stage.untilJudged(reply(stage, "ben-1", group, root, "between"));
      await world.run(2_000);
      expectThat("nobody follows a thread of a group that it has left", !follows(stage, "cleo-1", thread));
      typist.addMembers(stage.device("ada-1"), group, [cleo]);
      await world.until(() => stage.listed("cleo-1", group)?.writable === true);
      await stage.look("cleo-1", thread);
      await stage.untilJudged(reply(stage, "ben-1", group, root, "after"));
      // Who only looks is told, too, that there is something new.
      await world.until(() => shown(stage, "cleo-1", thread).includes("after"));
      await stage.untilJudged(reply(stage, "cleo-1", group, root, "again"));
      await world.until(() => follows(stage, "cleo-1", thread));
      await world.until(() => replies(stage, "ben-1", group, root) === 4);
      const slip = reply(stage, "ben-1", group, root, "not meant");
      await stage.untilJudged(slip);
      await world.until(() => replies(stage, "cleo-1", group, root) === 5);
      typist.remove(stage.device("ben-1"), thread, slip);
      await world.until(() => replies(stage, "cleo-1", group, root) === 4);
      const seen = shown(stage, "cleo-1", thread);
      expectThat(`what was written in between is not seen: ${seen}`, seen.join() === "before,after,again");
    },
  },

  "somebody who parts, with more threads than end at once": {
    rules: ["THR7", "THR2", "THR3"],
    devices: [1, 1, 1],
    async play(stage) {
      const { world } = stage;
      const { typist } = world;
      const group = await stage.group("ada-1", "ben-1", "cleo-1");
      for (const name of ["ada-1", "ben-1", "cleo-1"]) await stage.look(name, group);
      const roots = ["one", "two", "three", "four"].map((text) => stage.post("ada-1", group, text));
      await stage.untilJudged(...roots);
      await world.run(1_000);
      await stage.untilJudged(...roots.map((root) => reply(stage, "cleo-1", group, root, "before")));
      const threads = roots.map((root) => threadConversationId(group, root));
      await world.until(() => threads.every((thread) => follows(stage, "cleo-1", thread)));
      const cleo = stage.account("cleo-1");
      const between = roots.map((root) => reply(stage, "ben-1", group, root, "while cleo goes"));
      typist.removeMembers(stage.device("ada-1"), group, [cleo]);
      typist.addMembers(stage.device("ada-1"), group, [cleo]);
      await world.until(() => world.truth.ledger.log(group).isPresent(cleo) === false);
      world.server.crash(true);
      await world.time.await(world.server.start(), 10_000, world.inspectStep);
      await stage.untilOnline("ada-1", "ben-1", "cleo-1");
      await stage.untilJudged(...between);
      await world.until(() => stage.listed("cleo-1", group)?.writable === true);
      await stage.untilJudged(...roots.map((root) => reply(stage, "ada-1", group, root, "once she is back")));
      await world.run(2_000);
      expectThat("who parted follows nothing", !threads.some((thread) => follows(stage, "cleo-1", thread)));
      for (const thread of threads) await stage.look("cleo-1", thread);
      await world.until(() => threads.every((thread) => shown(stage, "cleo-1", thread).includes("once she is back")));
    },
  },

  "somebody mentioned in a thread that they do not follow": {
    rules: ["MEN5", "MEN2", "MEN4", "THR3"],
    devices: [1, 1, 2],
    async play(stage) {
      const { world } = stage;
      const { typist } = world;
      const group = await stage.group("ada-1", "ben-1", "cleo-1", "cleo-2");
      for (const name of ["ada-1", "ben-1"]) await stage.look(name, group);
      const root = stage.post("ada-1", group, "root");
      await stage.untilJudged(root);
      const thread = threadConversationId(group, root);
      await stage.untilJudged(reply(stage, "ben-1", group, root, "without you"));
      await world.run(2_000);
      expectThat("nobody has told cleo of it", !follows(stage, "cleo-1", thread));
      stage.device("cleo-2").link.takeDown();
      const naming = reply(stage, "ben-1", group, root, "you, too, @cleo");
      await stage.untilJudged(naming);
      await world.until(() => follows(stage, "cleo-1", thread));
      stage.device("cleo-2").link.heal();
      await world.until(() => follows(stage, "cleo-2", thread));
      await world.run(2_000);
      for (const name of ["cleo-1", "cleo-2"]) {
        const told = mentions(stage, name, thread);
        expectThat(`${name} counts one mention: ${told}`, told === "2 unread, 1 of them for oneself");
      }
      const asked = stage.owner("cleo-1").engine.mentions();
      const listed = await world.time.await(asked, 10_000, world.inspectStep);
      expectThat("it is listed", listed.items.map(({ id }) => id).join() === naming);
      const place = { conversation: group, root };
      typist.follow(stage.device("cleo-1"), place, false);
      await world.until(() => !follows(stage, "cleo-2", thread));
      typist.edit(stage.device("ben-1"), thread, naming, "you above all, @cleo");
      await stage.untilJudged(reply(stage, "ada-1", group, root, "nobody"));
      await world.run(2_000);
      expectThat("what named her before does so no more", !follows(stage, "cleo-1", thread));
      await stage.untilJudged(reply(stage, "ada-1", group, root, "again, @cleo"));
      await world.until(() => follows(stage, "cleo-1", thread) && follows(stage, "cleo-2", thread));
      typist.follow(stage.device("cleo-1"), place, false);
      stage.block("cleo-1", "ben-1", true);
      await world.until(() => !follows(stage, "cleo-2", thread));
      await world.run(5_000);
      await stage.untilJudged(reply(stage, "ben-1", group, root, "hear me, @cleo"));
      await world.run(2_000);
      expectThat("nobody is brought in by whom they block", !follows(stage, "cleo-1", thread));
      typist.removeMembers(stage.device("ada-1"), group, [stage.account("cleo-1")]);
      await world.until(() => stage.listed("cleo-1", group)?.writable === false);
      await stage.untilJudged(reply(stage, "ada-1", group, root, "farewell, @cleo"));
      await world.run(2_000);
      expectThat("nor who has left", !follows(stage, "cleo-1", thread));
    },
  },

  "a thread that two begin without a network": {
    rules: ["THR1", "THR4", "THR6"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const group = await stage.group("ada-1", "ben-1");
      for (const name of ["ada-1", "ben-1"]) await stage.look(name, group);
      const root = stage.post("ada-1", group, "root");
      await stage.untilJudged(root);
      await world.run(2_000);
      for (const name of ["ada-1", "ben-1"]) stage.device(name).link.takeDown();
      const thread = threadConversationId(group, root);
      const ids = ["ada-1", "ben-1"].map((name) => reply(stage, name, group, root, `by ${name}`));
      // Also to the group, once the thread has it.
      const [both, alsoAs] = [stage.device("ben-1").newId(), stage.device("ben-1").newId()];
      const place = { conversation: group, root };
      const { engine, clock } = stage.owner("ben-1");
      const queued = engine.post({
        id: both,
        conversation: thread,
        text: "to both",
        sentAt: clock.now(),
        thread: place,
        alsoAs,
      });
      await world.time.await(queued, 5_000, world.inspectStep);
      await world.run(2_000);
      expectThat("what waits is counted at the root", replies(stage, "ben-1", group, root) === 2);
      for (const name of ["ada-1", "ben-1"]) stage.device(name).link.heal();
      await stage.untilJudged(...ids, both, alsoAs);
      expectThat(
        "what was sent to both is in both",
        stage.texts(group).join() === "root,to both" && stage.texts(thread).includes("to both"),
      );
      for (const name of ["ada-1", "ben-1"]) await stage.look(name, thread);
      await world.until(() => ["ada-1", "ben-1"].every((name) => shown(stage, name, thread).length === 3));
      for (const name of ["ada-1", "ben-1"]) await world.until(() => replies(stage, name, group, root) === 3);
      world.typist.follow(stage.device("ben-1"), { conversation: group, root }, false);
      await world.until(() => !follows(stage, "ben-1", thread));
      await stage.untilJudged(reply(stage, "ada-1", group, root, "on"));
      await world.run(2_000);
      expectThat(
        "who does not follow it has nothing unread there",
        stage.listed("ben-1", group)?.unreadInThreads === undefined,
      );
    },
  },

  "a thread that a file copied back does not know": {
    rules: ["INC2", "THR4", "OUT1"],
    devices: [1, 1],
    async play(stage) {
      const { world } = stage;
      const group = await stage.group("ada-1", "ben-1");
      for (const name of ["ada-1", "ben-1"]) await stage.look(name, group);
      const root = stage.post("ada-1", group, "root");
      await stage.untilJudged(root);
      await world.run(2_000);
      world.server.backUp();
      const lost = reply(stage, "ben-1", group, root, "acknowledged");
      await stage.untilJudged(lost);
      await world.until(() => follows(stage, "ben-1", threadConversationId(group, root)));
      world.server.crash(true);
      expectThat("there was a backup", world.server.restoreBackup(false));
      await world.time.await(world.server.start(), 10_000, world.inspectStep);
      await stage.untilOnline("ada-1", "ben-1");
      const later = reply(stage, "ben-1", group, root, "typed later");
      // On the same connection: nothing else would ask for it.
      await stage.untilJudged(lost, later);
      const texts = stage.texts(threadConversationId(group, root)).join();
      expectThat(`all is there in its order: ${texts}`, texts === "acknowledged,typed later");
    },
  },
} satisfies Record<string, Case>;
