import { addMembers, edit, expectAccepted, leave, post, removeMembers, setTitle } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch } from "../kit/expectation.ts";
import { entryOf, pair, rowOf } from "../kit/pair.ts";

/** Events: who gets them and what they say. */
export const eventCases: readonly ConformanceCase[] = [
  {
    title: "[EVENT1] an event reaches every device of every member, and nobody else",
    async run(session) {
      const { log, device, other, ben } = await pair(session);
      const second = await session.onlineAt(await session.signIn(ben));
      const stranger = await session.online(await session.person());
      await second.expect("reset", ({ state }) => state?.id === log);
      const message = post(log, "among us");
      await device.submit([message]);
      await Promise.all(
        [device, other, second].map((each) => each.expect("event", ({ event }) => event?.id === message.id)),
      );
      await stranger.settle();
      expectEqual(
        stranger.all("event").filter(({ event }) => event?.log === log),
        [],
        "what a stranger hears",
      );
    },
  },
  {
    title:
      "[EVENT2] where a present member may not see the message, an edit comes without content, and is fetched by who may",
    async run(session) {
      const { log, device, other } = await pair(session);
      const cem = await session.person();
      const late = await session.online(cem);
      const [early, recent] = [post(log, "before"), post(log, "after")];
      (await device.submit([early, addMembers(log, [cem.account]), recent])).forEach(expectAccepted);
      await late.expect("reset", ({ state }) => state?.id === log);
      const [hidden, shared] = [edit(log, early.id, "before!"), edit(log, recent.id, "after!")];
      await device.submit([hidden, shared]);
      for (const each of [device, other, late]) {
        const { event } = await each.expect("event", (frame) => frame.event?.id === hidden.id);
        expectMatch(
          event?.body,
          { case: "edited", value: { target: early.id, content: undefined } },
          "the shared frame",
        );
        const open = await each.expect("event", (frame) => frame.event?.id === shared.id);
        expectMatch(
          open.event?.body,
          { case: "edited", value: { content: { form: { value: { text: "after!" } } } } },
          "the other frame",
        );
      }
      expectMatch(
        await rowOf(other, log, early.id),
        { state: { value: { form: { value: { text: "before!" } } } } },
        "what ben fetches",
      );
      expectEqual(await entryOf(late, log, early.id), undefined, "what who came later fetches");
    },
  },
  {
    title:
      "[EVENT4] [EVENT5] each event has its command's id; what happened to the conversation is an entry with the same facts",
    async run(session) {
      const { log, device, ben } = await pair(session);
      const commands = [
        setTitle(log, "Tea"),
        removeMembers(log, [ben.account]),
        addMembers(log, [ben.account]),
        post(log, "x"),
        leave(log),
      ];
      expectEqual((await device.submit(commands)).map(expectAccepted), [2, 3, 4, 5, 6], "the seqs");
      const bodies = [];
      for (const { id } of commands) bodies.push((await device.expect("event", ({ event }) => event?.id === id)).event);
      expectEqual(
        bodies.map((event) => event?.ordinal),
        [2, 3, 4, 5, 6],
        "the ordinals",
      );
      const page = await device.ask({
        case: "page",
        value: { conversation: log, cursor: { case: "after", value: 1 }, limit: 9 },
      });
      const entries = page.case === "page" ? page.value.entries : [];
      for (const [index, entry] of entries.entries()) {
        expectEqual(
          [entry.id, entry.seq, entry.rev],
          [bodies[index]?.id, index + 2, index + 2],
          "the entry of the event",
        );
        if (entry.body.case === "system")
          expectEqual(entry.body.value.what, bodies[index]?.body, "the facts of the entry");
      }
      expectEqual(
        entries.map(({ body }) => body.case),
        ["system", "system", "system", "message", "system"],
        "the entries",
      );
    },
  },
];
