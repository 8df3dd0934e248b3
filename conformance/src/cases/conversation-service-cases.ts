import { ConversationService, ProblemCode, RejectionCode } from "@parley/protocol";
import { createGroup, encodeCommand, expectAccepted, expectRejected, post, setTitle } from "../kit/commands.ts";
import type { ConformanceCase } from "../kit/conformance-case.ts";
import { expectEqual, expectMatch, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { after, first } from "../kit/orders.ts";
import { pair } from "../kit/pair.ts";

const { method } = ConversationService;

/** Reads and commands over HTTP mean what they mean on the socket. */
export const conversationServiceCases: readonly ConformanceCase[] = [
  {
    title: "[LIST1] conversations come by recency, stretch by stretch, each once",
    async run(session) {
      const person = await session.person();
      const device = await session.online(person);
      const logs = [await session.group(device, []), await session.group(device, []), await session.group(device, [])];
      const [oldest = ""] = logs;
      await Bun.sleep(5);
      const message = post(oldest, "and again");
      expectAccepted((await device.submit([message]))[0]);
      const caller = session.as(person);
      const seen: string[] = [];
      for (let cursor = "", calls = 0; calls === 0 || cursor !== ""; calls++) {
        const answer = await caller.call(method.listConversations, { limit: 2, cursor });
        expectThat(answer.conversations.length <= 2, "at most two at once", answer.conversations.length);
        if (calls === 0)
          expectMatch(
            answer.conversations[0],
            { status: { head: { conversation: oldest, seq: 2 } }, state: { id: oldest }, newest: { id: message.id } },
            "the newest",
          );
        if (calls === 0)
          expectThat(
            answer.profiles.some(({ account }) => account === person.account),
            "the profiles of members",
            answer.profiles,
          );
        seen.push(...answer.conversations.map(({ state }) => state?.id ?? ""));
        cursor = answer.nextCursor;
      }
      expectEqual(seen.slice(0, 3), [oldest, logs[2], logs[1]], "the order");
      expectEqual(new Set(seen).size, seen.length, "how many there are");
      await caller.refused(method.listConversations, { limit: 201 }, ProblemCode.INVALID);
      await caller.refused(method.listConversations, { cursor: "made up" }, ProblemCode.INVALID);
    },
  },
  {
    title: "[PAGE2] [CHANGES3] pages and changes are those of the socket",
    async run(session) {
      const { log, device, ana, ben } = await pair(session);
      (await device.submit([post(log, "one"), post(log, "two")])).forEach(expectAccepted);
      const caller = session.as(ana);
      const question = { conversation: log, cursor: { case: "newest", value: {} }, limit: 2 } as const;
      expectEqual(
        await caller.call(method.getPage, question),
        (await device.ask({ case: "page", value: question })).value,
        "the page",
      );
      const fresh = await caller.call(method.getChanges, { conversation: log });
      expectEqual(fresh.answer, await device.ask({ case: "changes", value: { conversation: log } }), "the Reset");
      const head = fresh.answer.case === "reset" ? fresh.answer.value.status?.head : undefined;
      expectThat(head !== undefined, "a head", fresh);
      expectAccepted((await device.submit([post(log, "three")]))[0]);
      const changes = await session.as(ben).call(method.getChanges, { conversation: log, since: head });
      expectMatch(
        changes.answer,
        { case: "changes", value: { from: 3, to: { seq: 4 }, entries: [{ seq: 4 }] } },
        "the changes",
      );
      const conversation = freshId();
      await caller.refused(method.getPage, { ...question, conversation }, ProblemCode.NOT_FOUND);
      await caller.refused(method.getChanges, { conversation }, ProblemCode.NOT_FOUND);
      await caller.refused(method.getPage, { ...question, limit: 201 }, ProblemCode.INVALID);
      await caller.refused(method.getPage, { conversation: log, limit: 5 }, ProblemCode.INVALID);
      await caller.refused(method.getChanges, { conversation: "log" }, ProblemCode.INVALID);
      const stranger = session.as(await session.person());
      await stranger.refused(method.getPage, question, ProblemCode.NOT_FOUND);
      await stranger.refused(method.getChanges, { conversation: log }, ProblemCode.NOT_FOUND);
    },
  },
  {
    title: "[EXECUTE1] one readable command is idempotent, and its verdict is an answer, not an error",
    async run(session) {
      const person = await session.person();
      const caller = session.as(person);
      const creation = createGroup([]);
      const answer = await caller.call(method.execute, { command: creation });
      expectEqual(expectAccepted(answer), 1, "the seq");
      expectEqual(await caller.call(method.execute, { command: creation }), answer, "the second answer");
      expectRejected(await caller.call(method.execute, { command: setTitle(creation.log, "") }), RejectionCode.INVALID);
      expectRejected(
        await caller.call(method.execute, { command: post(freshId(), "nowhere") }),
        RejectionCode.NOT_FOUND,
      );
      await caller.refused(method.execute, {}, ProblemCode.INVALID);
      await caller.refused(method.execute, { command: { ...creation, id: "one" } }, ProblemCode.INVALID);
    },
  },
  {
    title: "[SUBMIT5] encoded commands run in their order, for the device of the session",
    async run(session) {
      const person = await session.person();
      const caller = session.as(person);
      const device = await session.online(person);
      const log = await session.group(device, []);
      const [one, two] = [post(log, "one"), post(log, "two")];
      const submission = (order: typeof first, each: typeof one) => ({
        order,
        command: encodeCommand(each, session.coverage, session.encoding),
      });
      const { answers } = await caller.call(method.submitCommands, {
        submissions: [submission(first, one), submission(after(one.id), two)],
      });
      expectEqual(answers.map(expectAccepted), [2, 3], "the seqs");
      expectMatch(
        await device.submit([post(log, "three")], after(one.id)),
        [{ outcome: { case: "stale", value: { last: two.id } } }],
        "the order of the device on its socket",
      );
      await caller.refused(method.submitCommands, { submissions: [] }, ProblemCode.MALFORMED);
      const many = Array.from({ length: 65 }, () => submission(first, one));
      await caller.refused(method.submitCommands, { submissions: many }, ProblemCode.TOO_LARGE);
      const other = session.http.as((await session.signIn(person)).token);
      await other.refused(method.submitCommands, { submissions: [submission(first, one)] }, ProblemCode.DEVICE_CLOSED);
    },
  },
  {
    title: "[SUBMIT6] commands of another device than the session's are refused, and nothing of them is judged",
    async run(session) {
      const person = await session.person();
      const caller = session.as(person);
      const device = await session.online(person);
      const log = await session.group(device, []);
      const each = post(log, "whose is it?");
      const submissions = [{ order: first, command: encodeCommand(each, session.coverage, session.encoding) }];
      const another = { submissions, device: freshId() };
      await caller.refused(method.submitCommands, another, ProblemCode.DEVICE_CLOSED);
      const { answers } = await caller.call(method.submitCommands, { submissions, device: device.id });
      expectEqual(answers.map(expectAccepted), [2], "the seqs");
    },
  },
  {
    title: "[MARK4] a mark over HTTP is answered with one's own marks and told to one's devices",
    async run(session) {
      const { log, device, other, ben } = await pair(session);
      (await device.submit([post(log, "one"), post(log, "two")])).forEach(expectAccepted);
      const caller = session.as(ben);
      const state = await caller.call(method.setMark, { conversation: log, read: 2 });
      expectMatch(state, { conversation: log, delivered: 2, read: 2, unread: 1, asOf: 3 }, "the answer");
      await other.expect("registers", ({ readStates }) =>
        readStates.some((each) => each.conversation === log && each.read === 2),
      );
      await caller.refused(method.setMark, { conversation: freshId(), read: 1 }, ProblemCode.NOT_FOUND);
      await session
        .as(await session.person())
        .refused(method.setMark, { conversation: log, read: 1 }, ProblemCode.NOT_FOUND);
    },
  },
];
