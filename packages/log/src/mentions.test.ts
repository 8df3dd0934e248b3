import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { EntrySchema, EnvelopeSchema, EventSchema } from "@parley/protocol";
import { EVERYONE, mentionedAnew, mentionedBy } from "./mentions.ts";

const named = (mentions: string[], everyone = false) =>
  mentionedBy("me", create(EnvelopeSchema, { mentions, everyone }));

test("[MEN1] a message mentions everyone, or accounts, each once, and never its author", () => {
  expect(named(["ana", "me", "ben", "ana"])).toEqual(["ana", "ben"]);
  expect(named(["ana"], true)).toEqual([EVERYONE]);
  expect([named([]), mentionedBy("me", undefined)]).toEqual([[], []]);
});

test("[MEN5] a post mentions anew whom it names, and an edit whom the message did not name before", () => {
  const before = create(EntrySchema, {
    author: "me",
    body: { case: "message", value: { envelope: { mentions: ["ana", "ben"] } } },
  });
  const posted = create(EventSchema, {
    author: "me",
    body: { case: "posted", value: { envelope: { mentions: ["ana"] } } },
  });
  expect(mentionedAnew(posted, undefined)).toEqual(["ana"]);
  const edited = (mentions: string[]) =>
    create(EventSchema, { author: "me", body: { case: "edited", value: { envelope: { mentions } } } });
  expect(mentionedAnew(edited(["cleo", "ben", "me"]), before)).toEqual(["cleo"]);
  const erased = create(EventSchema, { author: "me", body: { case: "erased", value: {} } });
  const said = create(EventSchema, { author: "me", body: { case: "edited", value: {} } });
  expect([mentionedAnew(erased, before), mentionedAnew(said, before)]).toEqual([[], []]);
});
