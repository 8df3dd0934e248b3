import { HistoryPolicy, limits, ProblemCode } from "@parley/protocol";
import { addMembers, edit, erase, expectAccepted, post, removeMembers, setTitle, withdraw } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { pair } from "../kit/pair.ts";
import type { RawDevice } from "../kit/raw-device.ts";

/** What messages said before they were edited, and who is told of it. */
export const versionCases: readonly ConformanceCase[] = [
  {
    title: "[VERSIONS1] former content is told newest first, in pages, each with its seq and time",
    async run(session) {
      const { device, other, log } = await pair(session);
      const message = post(log, "one");
      const edits = ["two", "three", "four"].map((text) => edit(log, message.id, text));
      const seqs = (await device.submit([message, ...edits])).map(expectAccepted);
      const first = await versionsOf(other, log, message.id, 0, 2);
      expectEqual(first.texts, ["three", "two"], "the first page");
      expectEqual(first.seqs, [seqs[2], seqs[1]], "the seqs that wrote them");
      expectThat(
        first.times.every((at) => at > 0),
        "times",
        first.times,
      );
      expectEqual(first.more, true, "whether there are more");
      const second = await versionsOf(other, log, message.id, first.seqs.at(-1) ?? 0, 2);
      expectEqual([second.texts, second.more], [["one"], false], "the second page");
    },
  },
  {
    title: "[VERSIONS2] what is no message, not visible, or asked for beyond the limit, is refused",
    async run(session) {
      const { device, log } = await pair(session);
      const stranger = await session.online(await session.person());
      const [message, title] = [post(log, "one"), setTitle(log, "Tea")];
      (await device.submit([message, title, edit(log, message.id, "two")])).forEach(expectAccepted);
      const { NOT_FOUND, INVALID } = ProblemCode;
      await expectProblem(stranger, log, message.id, 50, NOT_FOUND);
      await expectProblem(device, log, freshId(), 50, NOT_FOUND);
      await expectProblem(device, log, title.id, 50, NOT_FOUND);
      await expectProblem(device, log, "that one", 50, INVALID);
      await expectProblem(device, log, message.id, 0, INVALID);
      await expectProblem(device, log, message.id, limits.versionsPerPage + 1, INVALID);
    },
  },
  {
    title: "[VERSIONS3] who came later or was away is not told what was written out of their sight",
    async run(session) {
      const { device, other, log, ben } = await pair(session, { history: HistoryPolicy.SINCE_JOINED });
      const cem = await session.person();
      const late = await session.online(cem);
      const message = post(log, "one");
      const texts = (text: string) => edit(log, message.id, text);
      const away = [
        removeMembers(log, [ben.account]),
        texts("while ben was away"),
        texts("still"),
        addMembers(log, [ben.account]),
      ];
      (await device.submit([message, texts("seen by ben"), ...away, texts("ben is back")])).forEach(expectAccepted);
      expectEqual((await versionsOf(other, log, message.id)).texts, ["seen by ben", "one"], "what ben is told");
      const all = ["still", "while ben was away", "seen by ben", "one"];
      expectEqual((await versionsOf(device, log, message.id)).texts, all, "what the author is told");
      (await device.submit([addMembers(log, [cem.account]), texts("now")])).forEach(expectAccepted);
      await expectProblem(late, log, message.id, 50, ProblemCode.NOT_FOUND);
      expectAccepted((await device.submit([removeMembers(log, [ben.account])]))[0]);
      expectAccepted((await device.submit([texts("later")]))[0]);
      const former = (await versionsOf(other, log, message.id)).texts;
      expectEqual(former, ["now", "ben is back", "seen by ben", "one"], "what a former member is told");
    },
  },
  {
    title: "[VERSIONS4] deleting or withdrawing a message leaves no version of it",
    async run(session) {
      const { device, other, log } = await pair(session);
      const [one, two] = [post(log, "one"), post(log, "two")];
      const ends = [erase(log, one.id), withdraw(log, two.id)];
      (await device.submit([one, two, edit(log, one.id, "1"), edit(log, two.id, "2"), ...ends])).forEach(
        expectAccepted,
      );
      for (const { id } of [one, two]) {
        expectEqual((await versionsOf(other, log, id)).texts, [], "what is told of a message that is gone");
      }
    },
  },
];

async function versionsOf(device: RawDevice, conversation: string, message: string, before = 0, limit = 50) {
  const answer = await device.ask({ case: "versions", value: { conversation, message, before, limit } });
  expectThat(answer.case === "versions", "versions", answer);
  const { versions, more } = answer.value;
  return {
    more,
    seqs: versions.map(({ seq }) => seq),
    times: versions.map(({ at }) => at),
    texts: versions.map(({ content }) => (content?.form.case === "plain" ? content.form.value.text : undefined)),
  };
}

async function expectProblem(
  device: RawDevice,
  conversation: string,
  message: string,
  limit: number,
  code: ProblemCode,
): Promise<void> {
  const answer = await device.ask({ case: "versions", value: { conversation, message, limit } });
  expectMatch(answer, { case: "problem", value: { code } }, "the answer");
}
