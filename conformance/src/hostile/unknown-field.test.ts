import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { EntrySchema, type Message } from "@parley/protocol";
import { unknownFieldIn } from "./unknown-field.ts";

const fromLater = [{ no: 90, wireType: 0, data: Uint8Array.of(1) }];

function entryWith(change: (message: Message) => void) {
  const content = { form: { case: "plain", value: { text: "hello" } } } as const;
  const entry = create(EntrySchema, {
    body: { case: "message", value: { state: { case: "content", value: content } } },
  });
  if (entry.body.case === "message") change(entry.body.value);
  return entry;
}

test("a field of a later version is noticed at any depth", () => {
  expect(
    unknownFieldIn(
      EntrySchema,
      entryWith(() => undefined),
    ),
  ).toBeUndefined();
  const entry = entryWith((message) => {
    message.$unknown = fromLater;
  });
  expect(unknownFieldIn(EntrySchema, entry)).toBe("Message");
});

test("what an author wrote may have such fields, for it is stored as it is", () => {
  const entry = entryWith(({ state }) => {
    if (state.case === "content") state.value.$unknown = fromLater;
  });
  expect(unknownFieldIn(EntrySchema, entry)).toBeUndefined();
});
