import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { HistoryPolicy, VersionsRequestSchema } from "@parley/protocol";
import { edited, type Stage, type TestDevice, text } from "../../testing/log-stage.ts";

/** What messages said before they were edited. */
export function versionContract(stage: () => Stage): void {
  describe("versions", () => {
    test("[VER1] every former content is kept, with the time at which it was written, the newest first", async () => {
      const { ann, log, message, versions } = await play(stage());
      expect(await versions(ann, log, message)).toEqual([]);
      for (const words of ["two", "three", "three"]) await ann.must(log, edited(message, words));
      expect(await versions(ann, log, message)).toEqual(["three", "two", "one"]);
      const answer = await read(stage(), ann, log, message);
      const times = answer?.versions.map(({ at }) => at) ?? [];
      expect(times.toSorted((one, other) => other - one)).toEqual(times);
      expect(times.every((at) => at > 0)).toBe(true);
    });

    test("[VER1] they come in pages", async () => {
      const { ann, log, message } = await play(stage());
      for (let index = 2; index <= 6; index++) await ann.must(log, edited(message, `${index}`));
      const told: string[] = [];
      for (let before = 0, more = true; more; ) {
        const page = await read(stage(), ann, log, message, before, 2);
        told.push(...textsOf(page?.versions ?? []));
        before = page?.versions.at(-1)?.seq ?? 0;
        more = page?.more === true;
      }
      expect(told).toEqual(["5", "4", "3", "2", "one"]);
    });

    test("[VER2] deleting or withdrawing a message erases them", async () => {
      const { ann, log, message, versions } = await play(stage());
      await ann.must(log, edited(message, "two"));
      await ann.must(log, { case: "delete", value: { target: message } });
      expect(await versions(ann, log, message)).toEqual([]);
      const other = await ann.must(log, text("one"));
      await stage().log.writer.execute([
        ann.prepare(log, edited(other, "two")),
        ann.prepare(log, edited(other, "three")),
        ann.prepare(log, { case: "withdraw", value: { target: other } }),
      ]);
      expect(await versions(ann, log, other)).toEqual([]);
    });

    test("[VER3] who came later, where history is hidden, reads none from before", async () => {
      const { ann, bob, cho, log, message, versions } = await play(stage());
      await ann.must(log, edited(message, "two"));
      await ann.must(log, { case: "addMembers", value: { accounts: [cho.account] } });
      await ann.must(log, edited(message, "three"));
      expect(await read(stage(), cho, log, message)).toBeUndefined();
      expect(await versions(bob, log, message)).toEqual(["two", "one"]);
    });

    test("[VER3] who was away reads what was written while they were there, and nothing of the time between", async () => {
      const { ann, bob, log, message, versions } = await play(stage());
      await ann.must(log, edited(message, "seen by bob"));
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      await ann.must(log, edited(message, "while bob was away"));
      expect(await versions(bob, log, message)).toEqual(["seen by bob", "one"]);
      await ann.must(log, edited(message, "while bob was away, too"));
      await ann.must(log, { case: "addMembers", value: { accounts: [bob.account] } });
      await ann.must(log, edited(message, "bob is back"));
      await ann.must(log, edited(message, "now"));
      expect(await versions(bob, log, message)).toEqual(["bob is back", "seen by bob", "one"]);
      expect(await versions(ann, log, message)).toHaveLength(5);
    });

    test("[VER3] strangers learn nothing, and what is no message has none", async () => {
      const { ann, log, message } = await play(stage());
      const eve = await stage().person("Eve");
      expect(await read(stage(), eve, log, message)).toBeUndefined();
      expect(await read(stage(), ann, log, stage().id())).toBeUndefined();
      const title = await ann.must(log, { case: "setTitle", value: { title: "Tea" } });
      expect(await read(stage(), ann, log, title)).toBeUndefined();
    });
  });
}

async function play(stage: Stage) {
  const [ann, bob, cho] = await stage.people("Ann", "Bob", "Cho");
  if (ann === undefined || bob === undefined || cho === undefined) throw new Error("unreachable");
  const log = await stage.group(ann, [bob], HistoryPolicy.SINCE_JOINED);
  const message = await ann.must(log, text("one"));
  const versions = async (viewer: TestDevice, conversation: string, id: string) =>
    textsOf((await read(stage, viewer, conversation, id))?.versions ?? []);
  return { ann, bob, cho, log, message, versions };
}

function read({ log }: Stage, { account }: TestDevice, conversation: string, message: string, before = 0, limit = 50) {
  return log.reader.versions(account, create(VersionsRequestSchema, { conversation, message, before, limit }));
}

type Versions = NonNullable<Awaited<ReturnType<typeof read>>>["versions"];

function textsOf(versions: Versions): string[] {
  return versions.map(({ content }) => (content?.form.case === "plain" ? content.form.value.text : "?"));
}
