import { HistoryPolicy } from "@parley/protocol";
import { addMembers, edit, erase, expectAccepted, leave, post, react } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch } from "../kit/expectation.ts";
import { entryOf, pair, rowOf } from "../kit/pair.ts";

/** Rows as a viewer finds them. */
export const rowCases: readonly ConformanceCase[] = [
  {
    title:
      "[ROWS1] [ROWS7] [ROWS8] intervals are closed and appended; what lies between is skipped, and what changed meanwhile withheld",
    async run(session) {
      const { log, device, other, ben } = await pair(session);
      const [stays, changes, between] = [post(log, "stays"), post(log, "changes"), post(log, "between")];
      await device.submit([stays, changes]);
      const { incarnation, conversations } = await (await session.connect(ben.seat)).hello();
      const since = conversations.find(({ head }) => head?.conversation === log)?.head;
      await session.online(ben).then((each) => each.submit([leave(log)]));
      (
        await device.submit([
          edit(log, changes.id, "changed"),
          between,
          addMembers(log, [ben.account]),
          react(log, stays.id, "👍"),
        ])
      ).forEach(expectAccepted);
      const back = await session.connect(ben.seat);
      await back.hello({ incarnation, heads: since === undefined ? [] : [since] });
      const caught = await back.expect("changes", ({ conversation }) => conversation === log);
      expectMatch(
        caught,
        { from: 3, to: { seq: 8 }, skips: [{ seq: 6, fromOrdinal: 5, toOrdinal: 5 }] },
        "the changes",
      );
      const answer = await back.ask({
        case: "page",
        value: { conversation: log, cursor: { case: "newest", value: {} }, limit: 50 },
      });
      const page = answer.case === "page" ? answer.value : undefined;
      expectMatch(page?.skips, [{ seq: 6, fromOrdinal: 5, toOrdinal: 5 }], "the skips of the page");
      expectEqual(
        page?.entries.map(({ ordinal }) => ordinal),
        [1, 2, 3, 4, 6],
        "the ordinals",
      );
      expectMatch(await rowOf(back, log, changes.id), { state: { case: "withheld" } }, "what changed meanwhile");
      expectMatch(
        await rowOf(back, log, stays.id),
        { state: { case: "content" }, reactions: [{ emoji: "👍" }] },
        "what stayed",
      );
      expectEqual(await entryOf(back, log, between.id), undefined, "what was said meanwhile");
      const member = caught.state?.members.find(({ account }) => account === ben.account);
      expectMatch(
        member,
        {
          present: true,
          intervals: [
            { from: 1, to: 4 },
            { from: 7, to: 0 },
          ],
        },
        "the intervals",
      );
      other.close();
    },
  },
  {
    title: "[ROWS3] rev is the last event applied to a row, content_rev the last that changed its content",
    async run(session) {
      const { log, device } = await pair(session);
      const message = post(log, "one");
      const revisions: number[][] = [];
      for (const each of [
        message,
        react(log, message.id, "👍"),
        edit(log, message.id, "two"),
        erase(log, message.id),
      ]) {
        await device.submit([each]);
        const entry = await entryOf(device, log, message.id);
        revisions.push([entry?.seq ?? 0, entry?.rev ?? 0, entry?.contentRev ?? 0]);
      }
      expectEqual(
        revisions,
        [
          [2, 2, 2],
          [2, 3, 2],
          [2, 4, 4],
          [2, 5, 5],
        ],
        "seq, rev and content_rev",
      );
    },
  },
  {
    title: "[ROWS4] text comes back as it was written, unit for unit",
    async run(session) {
      const { log, device, other } = await pair(session);
      const texts = [
        "A\u030a is not Å",
        " \n\t ",
        "\u202eright to left",
        "👩‍👩‍👧‍👦",
        "\u0000",
        "<b>&amp;</b>",
        '{"ping":{}}',
      ];
      const messages = texts.map((text) => post(log, text));
      (await device.submit(messages)).forEach(expectAccepted);
      for (const [index, { id }] of messages.entries()) {
        const expected = { form: { case: "plain", value: { text: texts[index] } } };
        const { event } = await other.expect("event", (frame) => frame.event?.id === id);
        expectMatch(event?.body, { value: { content: expected } }, "the event");
        expectMatch(await rowOf(other, log, id), { state: { value: expected } }, "the row");
      }
    },
  },
  {
    title: "[ROWS10] who joins sees what was posted since, or everything, by the policy of the group",
    async run(session) {
      for (const [history, first] of [
        [HistoryPolicy.SINCE_JOINED, 3],
        [HistoryPolicy.ALL, 1],
      ] as const) {
        const { log, device } = await pair(session, { history });
        const cem = await session.person();
        const late = await session.online(cem);
        (await device.submit([post(log, "before"), addMembers(log, [cem.account]), post(log, "after")])).forEach(
          expectAccepted,
        );
        await late.expect("reset", ({ state }) => state?.id === log);
        const answer = await late.ask({
          case: "page",
          value: { conversation: log, cursor: { case: "newest", value: {} }, limit: 50 },
        });
        const ordinals = answer.case === "page" ? answer.value.entries.map(({ ordinal }) => ordinal) : [];
        expectEqual(ordinals[0], first, "the first ordinal in sight");
      }
    },
  },
];
