import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { ChangesRequestSchema, HistoryPolicy, PageRequestSchema } from "@parley/protocol";
import { edited, type Stage, type TestDevice, text, textsOf } from "../../testing/log-stage.ts";

/** What a viewer may see of a log, and how the rest is told. */
export function visibilityContract(stage: () => Stage): void {
  describe("visibility", () => {
    test("[VIS1] [VIS3] whoever joins later sees what follows, and a Skip for what came before", async () => {
      const { log, bob } = await latecomer(stage(), HistoryPolicy.SINCE_JOINED);
      const page = await bob.page(log);
      expect(textsOf(page)).toEqual(["membersAdded", "after"]);
      expect(page?.skips.map(({ seq, fromOrdinal, toOrdinal }) => [seq, fromOrdinal, toOrdinal])).toEqual([[3, 1, 3]]);
      expect(page).toMatchObject({ fromOrdinal: 1, toOrdinal: 5, entryHead: 5, asOf: 5 });
    });

    test("[VIS1] where the group's policy says so, everything", async () => {
      const { log, bob } = await latecomer(stage(), HistoryPolicy.ALL);
      expect(textsOf(await bob.page(log))).toEqual(["created", "before", "before too", "membersAdded", "after"]);
    });

    test("[VIS1] whoever was removed sees that, and nothing later", async () => {
      const { log, ann, bob } = await latecomer(stage(), HistoryPolicy.SINCE_JOINED);
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      await ann.must(log, text("without bob"));
      await ann.must(log, { case: "setTitle", value: { title: "Without Bob" } });
      const page = await bob.page(log);
      expect(textsOf(page)).toEqual(["membersAdded", "after", "membersRemoved"]);
      expect(page).toMatchObject({ asOf: 6, entryHead: 6 });
      const state = await stage().log.reader.conversation(bob.account, log);
      expect(state?.title).toBe("Team");
      const { conversations } = await bob.resume();
      expect(conversations.map(({ head, entryHead }) => [head?.seq, entryHead])).toEqual([[6, 6]]);
    });

    test("[VIS1] whoever was removed does not learn of people who came later", async () => {
      const { log, ann, bob } = await latecomer(stage(), HistoryPolicy.SINCE_JOINED);
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      const [cho] = await stage().people("Cho");
      await ann.must(log, { case: "addMembers", value: { accounts: [cho?.account ?? ""] } });
      const known = async (one: TestDevice) => (await one.resume()).profiles.map(({ displayName }) => displayName);
      expect((await known(ann)).toSorted()).toEqual(["Ann", "Bob", "Cho"]);
      expect((await known(bob)).toSorted()).toEqual(["Ann", "Bob"]);
    });

    test("[VIS3] whoever comes back finds a Skip for the time between", async () => {
      const { log, ann, bob } = await latecomer(stage(), HistoryPolicy.SINCE_JOINED);
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      const held = (await bob.resume()).conversations[0]?.head;
      await ann.must(log, text("without bob"));
      await ann.must(log, text("and again"));
      await ann.must(log, { case: "addMembers", value: { accounts: [bob.account] } });
      expect(textsOf(await bob.page(log))).toEqual(["membersAdded", "after", "membersRemoved", "membersAdded"]);
      const request = create(ChangesRequestSchema, { conversation: log });
      if (held !== undefined) request.since = held;
      const changes = await stage().log.reader.changes(bob.account, request);
      if (changes?.$typeName !== "parley.v1.Changes") throw new Error("Not changes.");
      expect(changes).toMatchObject({
        from: 6,
        to: { seq: 9 },
        entryHead: 9,
        skips: [{ seq: 8, fromOrdinal: 7, toOrdinal: 8 }],
      });
      expect(changes.entries.map(({ ordinal }) => ordinal)).toEqual([9]);
      expect(changes.state?.rev).toBe(9);
    });

    test("[VIS2] content that was edited out of sight is withheld, and given once one may see it", async () => {
      const { log, ann, bob } = await latecomer(stage(), HistoryPolicy.SINCE_JOINED);
      const target = await ann.must(log, text("first"));
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      await ann.must(log, edited(target, "second"));
      expect(textsOf(await bob.page(log))).toEqual(["membersAdded", "after", "(withheld)", "membersRemoved"]);
      await ann.must(log, { case: "addMembers", value: { accounts: [bob.account] } });
      expect(textsOf(await bob.page(log)).slice(2, 4)).toEqual(["(withheld)", "membersRemoved"]);
      await ann.must(log, edited(target, "third"));
      expect(textsOf(await bob.page(log)).slice(2, 4)).toEqual(["third", "membersRemoved"]);
      const found = await stage().log.reader.entries(bob.account, log, [target, stage().id()]);
      expect(found?.entries.map(({ id }) => id)).toEqual([target]);
    });

    test("[VIS4] an edit travels with its content only if every member may see the message", async () => {
      const { log, ann, bob, early } = await latecomer(stage(), HistoryPolicy.SINCE_JOINED);
      const shared = await ann.must(log, text("for both"));
      const [wide] = await publish(stage(), ann, log, edited(shared, "with content"));
      expect(wide?.body).toMatchObject({
        case: "edited",
        value: { content: { form: { value: { text: "with content" } } } },
      });
      const [narrow] = await publish(stage(), ann, log, edited(early, "without content"));
      expect(narrow?.body.case === "edited" && narrow.body.value.content).toBeUndefined();
      expect(JSON.stringify(await bob.page(log))).not.toContain("without content");
    });

    test("[VIS1] nobody refers to a message out of sight", async () => {
      const { log, bob, early } = await latecomer(stage(), HistoryPolicy.SINCE_JOINED);
      const answer = await bob.send(log, { case: "setReaction", value: { target: early, emoji: "👍" } });
      expect(answer.outcome.case === "verdict" && answer.outcome.value.outcome.case).toBe("rejected");
      expect((await stage().log.reader.entries(bob.account, log, [early]))?.entries).toEqual([]);
    });

    test("[VIS3] a page between two hidden stretches accounts for both", async () => {
      const { log, ann, bob } = await latecomer(stage(), HistoryPolicy.SINCE_JOINED);
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      for (const words of ["a", "b", "c"]) await ann.must(log, text(words));
      await ann.must(log, { case: "addMembers", value: { accounts: [bob.account] } });
      await ann.must(log, text("back"));
      // Ordinals: 1 to 3 hidden, 4 to 6 seen, 7 to 9 hidden, 10 and 11 seen.
      const around = create(PageRequestSchema, { conversation: log, cursor: { case: "around", value: 8 }, limit: 2 });
      const page = await stage().log.reader.page(bob.account, around);
      expect(page).toMatchObject({ fromOrdinal: 6, toOrdinal: 10, skips: [{ fromOrdinal: 7, toOrdinal: 9 }] });
      expect(textsOf(page)).toEqual(["membersRemoved", "membersAdded"]);
      const before = create(PageRequestSchema, { conversation: log, cursor: { case: "before", value: 7 }, limit: 3 });
      expect(await stage().log.reader.page(bob.account, before)).toMatchObject({
        fromOrdinal: 1,
        toOrdinal: 6,
        skips: [{ seq: 3, fromOrdinal: 1, toOrdinal: 3 }],
      });
    });
  });
}

/** Ann alone writes two messages, adds Bob, and writes another. */
async function latecomer(stage: Stage, history: HistoryPolicy) {
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const log = await stage.group(ann, [], history);
  const early = await ann.must(log, text("before"));
  await ann.must(log, text("before too"));
  await ann.must(log, { case: "addMembers", value: { accounts: [bob.account] } });
  await ann.must(log, text("after"));
  return { log, ann, bob, early };
}

async function publish(stage: Stage, device: TestDevice, log: string, body: Parameters<TestDevice["prepare"]>[1]) {
  const { published } = await stage.log.writer.execute([device.prepare(log, body)]);
  return published.map(({ event }) => event);
}
