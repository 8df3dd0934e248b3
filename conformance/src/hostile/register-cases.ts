import type { MessageInitShape } from "@bufbuild/protobuf";
import { ConversationService, type PageRequestSchema, ProblemCode, type ServerFrame } from "@parley/protocol";
import { createGroup, post } from "../kit/commands.ts";
import { expectEqual, expectThat } from "../kit/expectation.ts";
import { freshId } from "../kit/ids.ts";
import { ask, shownOutcome, submit } from "./asking.ts";
import type { HostileCase } from "./hostile-case.ts";
import { expectAlive, expectClosed, type HostileScene, PATIENCE_MS } from "./hostile-scene.ts";
import type { AttackerSocket } from "./wire/attacker-socket.ts";

const GREATEST = 4_294_967_295;
const MESSAGES = 5;
/** The messages and the line that tells of the beginning. */
const ENTRIES = MESSAGES + 1;

export const registerCases: readonly HostileCase[] = [
  {
    title: "impossible marks are clamped and never go back",
    async run(scene) {
      const { socket, log } = await withMessages(scene);
      const marks = [
        [GREATEST, GREATEST],
        [0, 0],
        [1, 0],
        [0, GREATEST],
      ] as const;
      for (const [delivered, read] of marks) {
        const from = socket.frames.length;
        socket.send({ case: "marks", value: { updates: [{ conversation: log, delivered, read }] } });
        const state = await readStateOf(socket, log, from);
        expectEqual(
          [state?.delivered, state?.read, state?.unread],
          [ENTRIES, ENTRIES, 0],
          `the marks after ${delivered} and ${read}`,
        );
      }
    },
  },
  {
    title: "marks of conversations that do not exist, and of one conversation many times in a frame",
    async run(scene) {
      const { socket, log } = await withMessages(scene);
      const nowhere = Array.from({ length: 200 }, () => ({ conversation: freshId(), delivered: 1, read: 1 }));
      socket.send({ case: "marks", value: { updates: nowhere } });
      const same = Array.from({ length: 200 }, (_, index) => ({ conversation: log, read: index }));
      const from = socket.frames.length;
      socket.send({ case: "marks", value: { updates: same } });
      const reached = (frame: ServerFrame["frame"]) => stateIn(frame, log)?.read === ENTRIES;
      expectThat((await socket.find(reached, PATIENCE_MS, from)) !== undefined, "the greatest of many marks to count");
      socket.send({ case: "marks", value: { updates: [{ conversation: "x", read: 1 }] } });
      await expectClosed(socket, ProblemCode.MALFORMED, "a mark of no conversation");
    },
  },
  {
    title: "impossible cursors get a page, an empty one or INVALID",
    async run(scene) {
      const { socket, log } = await withMessages(scene);
      const asked: readonly (readonly [MessageInitShape<typeof PageRequestSchema>, "page" | "problem"])[] = [
        [{ cursor: { case: "before", value: 0 }, limit: 1 }, "page"],
        [{ cursor: { case: "before", value: GREATEST }, limit: 200 }, "page"],
        [{ cursor: { case: "after", value: GREATEST }, limit: 200 }, "page"],
        [{ cursor: { case: "around", value: 0 }, limit: 200 }, "page"],
        [{ cursor: { case: "around", value: GREATEST }, limit: 1 }, "page"],
        [{ cursor: { case: "newest", value: {} }, limit: 0 }, "problem"],
        [{ cursor: { case: "newest", value: {} }, limit: 201 }, "problem"],
        [{ cursor: { case: "newest", value: {} }, limit: GREATEST }, "problem"],
        [{ limit: 10 }, "problem"],
        [{ conversation: "", cursor: { case: "newest", value: {} }, limit: 1 }, "problem"],
        [{ conversation: log.toUpperCase(), cursor: { case: "newest", value: {} }, limit: 1 }, "problem"],
      ];
      for (const [request, expected] of asked) {
        const answer = await ask(socket, { case: "page", value: { conversation: log, ...request } });
        expectEqual(answer?.case, expected, `the answer to ${JSON.stringify(request)}`);
        if (answer?.case !== "page") continue;
        const ordinals = answer.value.entries.map(({ ordinal }) => ordinal);
        expectThat(
          ordinals.every((one) => one >= 1 && one <= ENTRIES),
          "entries that exist",
          ordinals,
        );
      }
      await expectAlive(socket, "impossible cursors");
    },
  },
  {
    title: "impossible heads are answered with a Reset",
    async run(scene) {
      const { socket, log } = await withMessages(scene);
      for (const [seq, tag] of [
        [GREATEST, 7],
        [0, 0],
        [3, 7],
        [ENTRIES, GREATEST],
        [ENTRIES + 1, 0],
      ] as const) {
        const answer = await ask(socket, {
          case: "changes",
          value: { conversation: log, since: { conversation: log, seq, tag } },
        });
        expectEqual(answer?.case, "reset", `the answer to the head ${seq} with tag ${tag}`);
      }
      const other = { conversation: freshId(), seq: 1, tag: 1 };
      const answer = await ask(socket, { case: "changes", value: { conversation: log, since: other } });
      expectThat(
        answer?.case === "problem" && answer.value.code === ProblemCode.INVALID,
        "INVALID for the head of another",
        answer,
      );
    },
  },
  {
    title: "too many ids, ids that are none, ids that do not exist",
    async run(scene) {
      const { socket, log } = await withMessages(scene);
      const many = Array.from({ length: 201 }, () => freshId());
      for (const ids of [many, ["x"], [""], ["' OR 1=1"]]) {
        for (const question of [
          { case: "entries", value: { conversation: log, ids } },
          { case: "verdicts", value: { log, ids } },
        ] as const) {
          const answer = await ask(socket, question);
          expectThat(answer?.case === "problem" && answer.value.code === ProblemCode.INVALID, "INVALID", answer);
        }
      }
      const none = await ask(socket, { case: "entries", value: { conversation: log, ids: many.slice(1) } });
      expectThat(none?.case === "entries" && none.value.entries.length === 0, "no entries", none);
    },
  },
  {
    title: "cursors of the list of conversations that were made up",
    async run(scene) {
      const caller = scene.http.as(scene.attacker().seat.token);
      const { listConversations } = ConversationService.method;
      for (const cursor of [
        "x",
        "_",
        "1_",
        "NaN_NaN",
        `-1_${freshId()}`,
        `1e9_${freshId()}`,
        "9".repeat(100_000),
        `1_${"x".repeat(36)}`,
        "' --",
        "\u0000",
      ]) {
        await caller.refused(listConversations, { cursor }, ProblemCode.INVALID);
      }
      const { conversations } = await caller.call(listConversations, { cursor: `9999999999999999_${freshId()}` });
      expectThat(
        conversations.every(({ state }) => state?.id !== scene.neighbours.log),
        "no conversation of others",
      );
      await caller.refused(listConversations, { limit: GREATEST }, ProblemCode.INVALID);
    },
  },
];

async function withMessages(scene: HostileScene): Promise<{ socket: AttackerSocket; log: string }> {
  const socket = await scene.online();
  const creation = createGroup([]);
  const posts = Array.from({ length: MESSAGES }, (_, index) => post(creation.log, `message ${index}`));
  const answers = await submit(socket, [creation, ...posts]);
  expectThat(
    answers.every((answer) => shownOutcome(answer) === "accepted"),
    "a group with messages",
    answers,
  );
  return { socket, log: creation.log };
}

async function readStateOf(socket: AttackerSocket, conversation: string, from: number) {
  const found = await socket.find((frame) => stateIn(frame, conversation) !== undefined, PATIENCE_MS, from);
  return found === undefined ? undefined : stateIn(found, conversation);
}

function stateIn(frame: ServerFrame["frame"], conversation: string) {
  return frame.case === "registers"
    ? frame.value.readStates.find((one) => one.conversation === conversation)
    : undefined;
}
