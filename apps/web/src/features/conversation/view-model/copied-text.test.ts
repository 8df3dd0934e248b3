import { expect, test } from "bun:test";
import { messageRow } from "../../../testing/rows.ts";
import { en } from "../../../texts/en.ts";
import { TimeFormat } from "../../../texts/time-format.ts";
import { copiedText } from "./copied-text.ts";

const format = new TimeFormat(en, "en-GB", () => "UTC");
const noon = Date.UTC(2026, 2, 18, 12, 0);

function copied(text: string, whole: boolean, at = noon) {
  const row = messageRow({ at, body: { kind: "text", text: "**As** written", edited: false } });
  return { id: row.id, text, whole, row, author: "Ana Ruiz" };
}

test("one message is copied without a name: as it was written, or the part that is selected", () => {
  expect(copiedText([copied("As written", true)], format, en)).toBe("**As** written");
  expect(copiedText([copied("s writ", false)], format, en)).toBe("s writ");
});

test("several say who wrote each and when, with the date where the days differ", () => {
  const [first, second] = [copied("written", false), copied("As written", true)];
  expect(copiedText([first, second], format, en)).toBe("Ana Ruiz, 12:00: written\nAna Ruiz, 12:00: **As** written");
  const later = copied("As written", true, noon + 86_400_000);
  expect(copiedText([first, later], format, en)).toBe(
    "Ana Ruiz, Wednesday, 18 March 2026 at 12:00:00: written\nAna Ruiz, Thursday, 19 March 2026 at 12:00:00: **As** written",
  );
});

test("what stands in the place of a deleted message is copied as it reads", () => {
  const row = messageRow({ at: noon, body: { kind: "deleted" } });
  const item = { id: row.id, text: "This message was deleted", whole: true, row, author: "Ana Ruiz" };
  expect(copiedText([item], format, en)).toBe("This message was deleted");
});
