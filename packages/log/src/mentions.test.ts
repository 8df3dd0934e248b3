import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { EnvelopeSchema } from "@parley/protocol";
import { EVERYONE, mentionedBy } from "./mentions.ts";

const named = (mentions: string[], everyone = false) =>
  mentionedBy("me", create(EnvelopeSchema, { mentions, everyone }));

test("[MEN1] a message mentions everyone, or accounts, each once, and never its author", () => {
  expect(named(["ana", "me", "ben", "ana"])).toEqual(["ana", "ben"]);
  expect(named(["ana"], true)).toEqual([EVERYONE]);
  expect([named([]), mentionedBy("me", undefined)]).toEqual([[], []]);
});
