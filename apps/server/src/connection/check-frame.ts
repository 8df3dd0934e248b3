import {
  type ClientFrame,
  type DraftUpdates,
  type Hello,
  limits,
  type MarkUpdates,
  type Problem,
  type Submit,
  type TypingUpdate,
  uuidVersion,
} from "@parley/protocol";
import { malformed, tooLarge } from "./problem.ts";

/** What a frame breaks of the rules that every device keeps; such a frame ends its connection. Questions are checked where they are answered. */
export function faultOf(frame: ClientFrame): Problem | undefined {
  switch (frame.frame.case) {
    case "hello":
      return faultOfHello(frame.frame.value);
    case "submit":
      return faultOfSubmit(frame.frame.value);
    case "marks":
      return faultOfMarks(frame.frame.value);
    case "drafts":
      return faultOfDrafts(frame.frame.value);
    case "typing":
      return faultOfTyping(frame.frame.value);
    case "request":
      return frame.frame.value.question.case === undefined ? malformed("A Request needs a question.") : undefined;
    case "ping":
      return undefined;
    default:
      return malformed("This server does not know that frame.");
  }
}

function faultOfHello(hello: Hello): Problem | undefined {
  if (uuidVersion(hello.device) !== 7) return malformed("Hello.device must be a UUIDv7 in canonical text.");
  if (hello.name.length > limits.deviceNameCharacters) {
    return tooLarge(`Hello.name has more than ${limits.deviceNameCharacters} characters.`);
  }
  if (hello.heads.length > limits.headsPerHello) return tooLarge(`Hello has more than ${limits.headsPerHello} heads.`);
  if (hello.incarnation !== "" && uuidVersion(hello.incarnation) === undefined) {
    return malformed("Hello.incarnation must be empty or a UUID.");
  }
  if (hello.heads.some((head) => uuidVersion(head.conversation) === undefined)) {
    return malformed("Every head of Hello must name a conversation by its UUID.");
  }
  return undefined;
}

/** What a batch of submissions breaks. */
export function faultOfSubmit(submit: Submit): Problem | undefined {
  const { submissions } = submit;
  if (submissions.length === 0) return malformed("Submit is empty.");
  if (submissions.length > limits.submissionsPerFrame) {
    return tooLarge(`Submit has more than ${limits.submissionsPerFrame} submissions.`);
  }
  let bytes = 0;
  for (const { order, command } of submissions) {
    if (order?.link.case === undefined) return malformed("Every submission needs an order.");
    if (order.link.case === "after" && uuidVersion(order.link.value) === undefined) {
      return malformed("Order.after must be the UUID of a command.");
    }
    if (command.length > limits.commandBytes) return tooLarge(`A command has more than ${limits.commandBytes} bytes.`);
    bytes += command.length;
  }
  return bytes > limits.submissionBytesPerFrame
    ? tooLarge(`Submit has more than ${limits.submissionBytesPerFrame} bytes of commands.`)
    : undefined;
}

function faultOfMarks({ updates }: MarkUpdates): Problem | undefined {
  if (updates.length === 0) return malformed("MarkUpdates is empty.");
  if (updates.length > limits.marksPerFrame) {
    return tooLarge(`MarkUpdates has more than ${limits.marksPerFrame} updates.`);
  }
  if (updates.some(({ conversation }) => uuidVersion(conversation) === undefined)) {
    return malformed("Every MarkUpdate must name a conversation by its UUID.");
  }
  return undefined;
}

function faultOfDrafts({ updates }: DraftUpdates): Problem | undefined {
  if (updates.length === 0) return malformed("DraftUpdates is empty.");
  if (updates.length > limits.draftsPerFrame) {
    return tooLarge(`DraftUpdates has more than ${limits.draftsPerFrame} updates.`);
  }
  if (updates.some(({ conversation }) => uuidVersion(conversation) === undefined)) {
    return malformed("Every DraftUpdate must name a conversation by its UUID.");
  }
  if (updates.some(({ text }) => !text.isWellFormed())) return malformed("The text of a draft is not Unicode.");
  return updates.some(({ text }) => text.length > limits.textCharacters)
    ? tooLarge(`A draft has more than ${limits.textCharacters} characters.`)
    : undefined;
}

function faultOfTyping(typing: TypingUpdate): Problem | undefined {
  return uuidVersion(typing.conversation) === undefined
    ? malformed("A typing update must name a conversation by its UUID.")
    : undefined;
}
