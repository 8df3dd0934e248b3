import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { type Conversation, ConversationKind, type Event, EventSchema, RequestAnswer } from "@parley/protocol";
import { ana, ben, posted } from "../test/events.ts";
import { applyToConversation, conversationOf } from "./fold-conversation.ts";
import { isRequestedOf, waitsFor } from "./message-requests.ts";
import { noPreferences } from "./preferences.ts";

function begun(request: boolean): Conversation {
  const value = { kind: ConversationKind.DIRECT, members: [ana, ben], request };
  const created: Event = create(EventSchema, { log: "c", seq: 1, author: ana, body: { case: "created", value } });
  const conversation = conversationOf(created);
  if (conversation === undefined) throw new Error("It was not begun.");
  return conversation;
}

test("[REQ1] what a stranger begins is a request of the other one, until it is accepted", () => {
  const request = begun(true);
  expect(isRequestedOf(request, ben)).toBe(true);
  expect(isRequestedOf(request, ana)).toBe(false);
  expect(waitsFor(request, ben, noPreferences)).toBe(true);
  expect(waitsFor(request, ben, { ...noPreferences, requestAnswer: RequestAnswer.DECLINED })).toBe(true);
  expect(waitsFor(request, ben, { ...noPreferences, requestAnswer: RequestAnswer.ACCEPTED })).toBe(false);
  expect(waitsFor(begun(false), ben, noPreferences)).toBe(false);
});

test("[REQ4] the first message of the other one answers it, those of who made it do not", () => {
  const request = begun(true);
  const said = applyToConversation(request, posted(2, "Hello"));
  expect(said).toBe(request);
  const answered = applyToConversation(said, posted(3, "Hi", ben));
  expect(answered).toMatchObject({ request: false, rev: 3 });
  expect(applyToConversation(answered, posted(4, "And?", ben))).toBe(answered);
});
