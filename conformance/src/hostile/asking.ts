import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type Answer,
  CommandSchema,
  type OrderSchema,
  RejectionCode,
  type RequestSchema,
  type Response,
  RetryCode,
} from "@parley/protocol";
import { expectThat } from "../kit/expectation.ts";
import { PATIENCE_MS } from "./hostile-scene.ts";
import type { AttackerSocket } from "./wire/attacker-socket.ts";

export type Question = MessageInitShape<typeof RequestSchema>["question"];

const UNORDERED: MessageInitShape<typeof OrderSchema> = { link: { case: "none", value: {} } };

/** Submits commands in one frame and waits for their answers. One submission at a time on a socket. */
export async function submit(
  socket: AttackerSocket,
  commands: readonly (MessageInitShape<typeof CommandSchema> | Uint8Array)[],
  order: MessageInitShape<typeof OrderSchema> = UNORDERED,
): Promise<Answer[]> {
  const before = socket.frames.length;
  const submissions = commands.map((command) => ({
    order,
    command: command instanceof Uint8Array ? command : toBinary(CommandSchema, create(CommandSchema, command)),
  }));
  socket.send({ case: "submit", value: { submissions } });
  const answered = await socket.find((frame) => frame.case === "answers", PATIENCE_MS, before);
  expectThat(answered?.case === "answers", "answers to the submissions", socket.frames.at(-1));
  expectThat(answered.value.answers.length === commands.length, "an answer to each submission", answered.value);
  return answered.value.answers;
}

/** Asks a question and waits for its answer. */
export async function ask(socket: AttackerSocket, question: Question): Promise<Response["answer"] | undefined> {
  const id = Math.floor(Math.random() * 0xffff_ffff) + 1;
  socket.send({ case: "request", value: { id, ...(question === undefined ? {} : { question }) } });
  const response = await socket.find((frame) => frame.case === "response" && frame.value.id === id, PATIENCE_MS);
  return response?.case === "response" ? response.value.answer : undefined;
}

/** An answer in a few words: "accepted", "rejected INVALID", "stale", "retry RATE_LIMITED". */
export function shownOutcome(answer: Answer | undefined): string {
  switch (answer?.outcome.case) {
    case "verdict": {
      const { outcome } = answer.outcome.value;
      return outcome.case === "rejected" ? `rejected ${RejectionCode[outcome.value.code]}` : String(outcome.case);
    }
    case "retry":
      return `retry ${RetryCode[answer.outcome.value.code]}`;
    default:
      return String(answer?.outcome.case);
  }
}
