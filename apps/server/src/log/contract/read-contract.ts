import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { ChangesRequestSchema, limits, type PageRequest, PageRequestSchema } from "@parley/protocol";
import { edited, type Stage, type TestDevice, text, textsOf } from "../../testing/log-stage.ts";
import { isCursor } from "../reads/read-conversations.ts";

/** Pages, changes, and coming back. */
export function readContract(stage: () => Stage): void {
  describe("pages", () => {
    test.each([
      ["the newest", { case: "newest", value: {} }, ["m7", "m8", "m9"]],
      ["those before", { case: "before", value: 5 }, ["m1", "m2", "m3"]],
      ["those after", { case: "after", value: 5 }, ["m5", "m6", "m7"]],
      ["those around", { case: "around", value: 5 }, ["m3", "m4", "m5"]],
      ["none before the first", { case: "before", value: 1 }, []],
      ["none after the last", { case: "after", value: 10 }, []],
      ["the last, asked from far beyond", { case: "before", value: 1_000 }, ["m7", "m8", "m9"]],
    ] as const)("hold %s", async (_, cursor, expected) => {
      const { ann, log } = await conversation(stage(), 9);
      const request = create(PageRequestSchema, { conversation: log, limit: 3 });
      request.cursor = (
        cursor.case === "newest" ? { case: "newest", value: { $typeName: "parley.v1.Newest" } } : cursor
      ) satisfies PageRequest["cursor"];
      const page = await stage().log.reader.page(ann.account, request);
      expect(textsOf(page)).toEqual([...expected]);
      expect(page?.fromOrdinal).toBe(page?.entries.at(0)?.ordinal ?? 0);
      expect(page?.toOrdinal).toBe(page?.entries.at(-1)?.ordinal ?? 0);
      expect(page?.entryHead).toBe(10);
    });

    test("end early rather than outgrow a frame", async () => {
      const { ann, log } = await conversation(stage(), 0);
      for (let index = 0; index < 40; index++) await ann.must(log, text("x".repeat(limits.textCharacters)));
      const page = await ann.page(log);
      expect(page?.entries.length).toBeGreaterThan(5);
      expect(page?.entries.length).toBeLessThan(40);
      expect(page?.toOrdinal).toBe(41);
      expect(page?.fromOrdinal).toBe(page?.entries[0]?.ordinal ?? 0);
      const after = create(PageRequestSchema, { conversation: log, cursor: { case: "after", value: 0 }, limit: 200 });
      expect((await stage().log.reader.page(ann.account, after))?.fromOrdinal).toBe(1);
    });
  });

  describe("rows by id", () => {
    test("end early rather than outgrow a frame", async () => {
      const { ann, log } = await conversation(stage(), 0);
      const ids: string[] = [];
      for (let index = 0; index < 40; index++) {
        ids.push(await ann.must(log, text("x".repeat(limits.textCharacters))));
      }
      const { reader } = stage().log;
      const some = (await reader.entries(ann.account, log, ids))?.entries.map(({ id }) => id) ?? [];
      expect(some.length).toBeGreaterThan(5);
      expect(some).toEqual(ids.slice(0, some.length));
      expect(some.length).toBeLessThan(40);
      const next = await reader.entries(ann.account, log, ids.slice(some.length));
      expect(next?.entries[0]?.id).toBe(ids[some.length] ?? "");
    });
  });

  describe("catching up", () => {
    test("[SYN2] equal heads bring nothing, others bring the current rows of what changed", async () => {
      const { ann, bob, log, ids } = await conversation(stage(), 3);
      const incarnation = await stage().log.reader.incarnation();
      const heads = headsOf(await bob.resume());
      expect((await bob.resume(heads, incarnation)).catchUps).toEqual([]);
      await ann.must(log, edited(ids[0] ?? "", "edited"));
      await ann.must(log, text("new"));
      const [changes] = (await bob.resume(heads, incarnation)).catchUps;
      if (changes?.$typeName !== "parley.v1.Changes") throw new Error("Not changes.");
      expect(changes.entries.map(({ ordinal, rev }) => [ordinal, rev])).toEqual([
        [2, 5],
        [5, 6],
      ]);
      expect(changes).toMatchObject({ from: 4, to: headsOf(await bob.resume())[0], entryHead: 5 });
      expect(changes.to).toMatchObject({ conversation: log, seq: 6 });
      expect(changes.state).toBeUndefined();
    });

    test("[SYN3] where tags differ, or the device is ahead, the conversation is reset", async () => {
      const { bob, log } = await conversation(stage(), 3);
      const incarnation = await stage().log.reader.incarnation();
      const [head] = headsOf(await bob.resume());
      if (head === undefined) throw new Error("unreachable");
      for (const wrong of [
        { ...head, tag: head.tag ^ 1 },
        { ...head, seq: 2 },
        { ...head, seq: 90 },
      ]) {
        const { catchUps } = await bob.resume([wrong], incarnation);
        expect(catchUps.map((one) => one.$typeName)).toEqual(["parley.v1.Reset"]);
        const request = create(ChangesRequestSchema, { conversation: log, since: wrong });
        expect((await stage().log.reader.changes(bob.account, request))?.$typeName).toBe("parley.v1.Reset");
      }
    });

    test("[INC1] heads of another incarnation count for nothing", async () => {
      const { bob } = await conversation(stage(), 1);
      const { catchUps } = await bob.resume(headsOf(await bob.resume()), "another");
      expect(catchUps.map((one) => one.$typeName)).toEqual(["parley.v1.Reset"]);
    });

    test("whoever is too far behind gets a fresh start", async () => {
      const { ann, bob, log } = await conversation(stage(), 1);
      const heads = headsOf(await bob.resume());
      for (let round = 0; round < 5; round++) {
        const batch = Array.from({ length: 101 }, (_, index) => ann.prepare(log, text(`${round}/${index}`)));
        await stage().log.writer.execute(batch);
      }
      const { catchUps } = await bob.resume(heads, await stage().log.reader.incarnation());
      const [reset] = catchUps;
      if (reset?.$typeName !== "parley.v1.Reset") throw new Error("Not a reset.");
      expect(reset.newest?.entries).toHaveLength(30);
      expect(reset.status).toMatchObject({ entryHead: 507, read: { unread: 506 } });
    });

    test("a reset brings state, people and marks", async () => {
      const { ann, bob, log } = await conversation(stage(), 2);
      await stage().log.writer.mark(ann.account, { conversation: log, delivered: 3, read: 2 });
      const reset = await stage().log.reader.reset(bob.account, log);
      expect(reset?.state?.members.map(({ account }) => account)).toEqual([ann.account, bob.account].sort());
      expect(reset?.profiles.map(({ displayName }) => displayName).toSorted()).toEqual(["Ann", "Bob"]);
      expect(reset?.marks).toMatchObject([{ account: ann.account, delivered: 3, read: 2 }]);
    });
  });

  describe("lists", () => {
    test("conversations come by recency, page by page", async () => {
      const [ann, bob, cho] = await stage().people("Ann", "Bob", "Cho");
      if (ann === undefined || bob === undefined || cho === undefined) throw new Error("unreachable");
      const [first, second, third] = [
        await stage().group(ann, [bob]),
        await stage().direct(ann, bob),
        await stage().group(ann, [cho]),
      ];
      await bob.must(first, text("newest"));
      const { reader } = stage().log;
      const page = await reader.conversations(ann.account, 2, "");
      expect(page.conversations.map(({ state }) => state?.id)).toEqual([first, third]);
      expect(page.conversations[0]?.newest?.author).toBe(bob.account);
      expect(page.conversations[0]?.status).toMatchObject({ head: { seq: 2 }, read: { unread: 1 } });
      expect(page.profiles.map(({ displayName }) => displayName).toSorted()).toEqual(["Ann", "Bob", "Cho"]);
      expect(isCursor(page.nextCursor)).toBe(true);
      const rest = await reader.conversations(ann.account, 2, page.nextCursor);
      expect(rest.conversations.map(({ state }) => state?.id)).toEqual([second]);
      expect(rest.nextCursor).toBe("");
      const attendance = await reader.attendance(ann.account);
      expect(attendance).toMatchObject({ present: [first, second, third].sort(), former: false });
    });

    test("who wrote which message is told, deleted ones too", async () => {
      const { ann, log, ids } = await conversation(stage(), 3);
      await ann.must(log, { case: "delete", value: { target: ids[1] ?? "" } });
      const author = ann.account;
      const runs = [
        { conversation: log, from: 2, to: 3 },
        { conversation: log, from: 4, to: 9 },
      ];
      expect(await stage().log.reader.authorships(runs)).toEqual([
        [
          { ordinal: 2, author, deleted: false, contentRev: 2, mentions: [] },
          { ordinal: 3, author, deleted: true, contentRev: 5, mentions: [] },
        ],
        [{ ordinal: 4, author, deleted: false, contentRev: 4, mentions: [] }],
      ]);
    });

    test("rooms are told in the order asked for, with heads and members", async () => {
      const { ann, bob, log } = await conversation(stage(), 3);
      const [none, room] = await stage().log.reader.rooms([stage().id(), log]);
      expect(none).toBeUndefined();
      const [head] = headsOf(await ann.resume());
      expect(room).toMatchObject({ conversation: log, head: 4, tag: head?.tag, entryHead: 4 });
      const spans = [{ from: 1, to: 0, fromOrdinal: 1, toOrdinal: 0 }];
      const seat = { present: true, spans, delivered: 0, read: 0, shown: 0 };
      const expected = [ann, bob].map(({ account }) => ({ account, ...seat }));
      expect(room?.members).toEqual(expected.sort((one, other) => (one.account < other.account ? -1 : 1)));
    });

    test("former conversations keep their statuses", async () => {
      const [ann, bob] = await stage().people("Ann", "Bob");
      if (ann === undefined || bob === undefined) throw new Error("unreachable");
      const log = await stage().group(ann, [bob]);
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      await ann.must(log, text("out of sight"));
      const { reader } = stage().log;
      expect(await reader.attendance(bob.account)).toMatchObject({ present: [], former: true });
      expect(await reader.formerStatuses(bob.account)).toMatchObject([{ head: { conversation: log, seq: 2 } }]);
      expect(await reader.formerStatuses(ann.account)).toEqual([]);
    });
  });
}

async function conversation(stage: Stage, messages: number) {
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const log = await stage.direct(ann, bob);
  const ids: string[] = [];
  for (let index = 1; index <= messages; index++) ids.push(await ann.must(log, text(`m${index}`)));
  return { ann, bob, log, ids };
}

function headsOf({ conversations }: Awaited<ReturnType<TestDevice["resume"]>>) {
  return conversations.flatMap(({ head }) => head ?? []);
}
