import { expect, test } from "bun:test";
import type { PinnedMessageView } from "@parley/client";
import { en } from "../../../texts/en.ts";
import { TimeFormat } from "../../../texts/time-format.ts";
import { PinnedMessages } from "./pinned-messages.ts";

const noon = Date.UTC(2026, 2, 18, 12, 0);
const view: PinnedMessageView = {
  id: "one",
  ordinal: 7,
  authorName: "Ana Ruiz",
  mine: false,
  at: noon,
  body: { kind: "text", text: "**Tea**\nat five", edited: false },
};

function drawn(...views: readonly PinnedMessageView[]) {
  return new PinnedMessages(en, new TimeFormat(en, "en-GB", () => "UTC")).draw(views, noon);
}

test("a pinned message is told in one line, with who wrote it", () => {
  const [other, own] = drawn(view, { ...view, id: "two", mine: true });
  expect(other).toMatchObject({
    id: "one",
    ordinal: 7,
    author: "Ana Ruiz",
    text: "Tea at five",
    time: "12:00",
    here: true,
  });
  expect(own).toMatchObject({ id: "two", author: "You" });
});

test("[PIN3] what cannot be shown says why, and cannot be gone to", () => {
  const hidden = { ...view, ordinal: undefined, authorName: "", at: 0 };
  const kinds = ["out-of-sight", "not-held"] as const;
  const texts = drawn(...kinds.map((kind) => ({ ...hidden, body: { kind } }))).map(({ text, here }) => [text, here]);
  expect(texts).toEqual([
    [en.pinned.outOfSight, false],
    [en.pinned.notHeld, false],
  ]);
  expect(drawn({ ...view, body: { kind: "withheld" } })[0]).toMatchObject({
    text: en.conversation.withheld,
    here: true,
  });
});

test("the same as long as they look the same, and another on another day", () => {
  const pinned = new PinnedMessages(en, new TimeFormat(en, "en-GB", () => "UTC"));
  const views = [view];
  const before = pinned.draw(views, noon);
  expect(pinned.draw(views, noon + 1_000)).toBe(before);
  expect(pinned.draw(views, noon + 86_400_000)[0]?.time).toBe("Yesterday");
});
