import { describe, expect, test } from "bun:test";
import type { MessageRow, TimelineRow } from "@parley/client";
import { messageRow } from "../../../testing/rows.ts";
import { en } from "../../../texts/en.ts";
import { TimeFormat } from "../../../texts/time-format.ts";
import type { TimelineItem } from "./timeline-item.ts";
import { TimelineItems } from "./timeline-items.ts";

const noon = Date.UTC(2026, 2, 18, 12, 0);
const minute = 60_000;
const context = { group: true, selfName: "Ana Ruiz", dividerAfter: undefined, atOldest: false, connected: true };

function build(rows: readonly TimelineRow[], changes: Partial<typeof context | { dividerAfter: number }> = {}) {
  return new TimelineItems(en, new TimeFormat(en, "en-GB", () => "UTC")).build(rows, { ...context, ...changes }, noon);
}

function row(ordinal: number, at: number, changes: Parameters<typeof messageRow>[0] = {}) {
  return messageRow({ id: `m${ordinal}`, ordinal, at, ...changes });
}

describe("separators", () => {
  test("stand before the first row of each day", () => {
    const items = build([row(1, noon - 1500 * minute), row(2, noon - 10 * minute), row(3, noon)]);
    expect(items.map((item) => item.kind)).toEqual(["day", "message", "day", "message", "message"]);
    expect(items.flatMap((item) => (item.kind === "day" ? item.text : []))).toEqual(["Yesterday", "Today"]);
  });

  test("keep different keys when clocks go back and forth over midnight", () => {
    const items = build([row(1, noon), row(2, noon - 1500 * minute), row(3, noon)]);
    expect(new Set(items.map((item) => item.key)).size).toBe(items.length);
  });

  test("are another one each where a day is found to begin earlier: they do not move", () => {
    const keys = (rows: readonly TimelineRow[], changes: Partial<typeof context> = {}) =>
      build(rows, changes).flatMap(({ kind, key }) => (kind === "day" ? key : []));
    const yesterday = row(2, noon - 1500 * minute);
    expect(keys([row(3, noon)])).toEqual(["day:2026-03-18:m3"]);
    expect(keys([yesterday, row(3, noon)])).toEqual(["day:2026-03-17:m2", "day:2026-03-18:m3"]);
    // Somebody wrote with a clock that was a day behind: the first note of that day is not the one that was there.
    const whole = keys([row(1, noon), yesterday, row(3, noon)], { atOldest: true });
    expect(whole).toEqual(["day:2026-03-18:m1", "day:2026-03-17:m2", "day:2026-03-18:m3"]);
  });

  test("say where the unread messages of others begin, once", () => {
    const mine = { mine: true } as const;
    const items = build([row(1, noon), row(2, noon, mine), row(3, noon), row(4, noon)], { dividerAfter: 1 });
    expect(items.map((item) => item.key)).toEqual(["day:2026-03-18:m1", "m1", "m2", "unread", "m3", "m4"]);
  });

  test("say where the conversation begins", () => {
    expect(build([row(1, noon)], { atOldest: true })[0]?.kind).toBe("beginning");
    expect(build([], { atOldest: true })).toEqual([]);
  });
});

describe("rows that were there before their conversation", () => {
  test("say who wrote them once it is known to be a group", () => {
    const items = new TimelineItems(en, new TimeFormat(en, "en-GB", () => "UTC"));
    const rows = [row(1, noon, { author: "account-bo", authorName: "Bo Lind" })];
    const shown = (group: boolean) =>
      items.build(rows, { ...context, group }, noon).map((item) => item.kind === "message" && item.author.shown);
    expect(shown(false)).toEqual([false, false]);
    expect(shown(true)).toEqual([false, true]);
  });
});

describe("reactions", () => {
  test("name those who reacted first, and count the others", () => {
    const of = (...names: readonly string[]) => {
      const people = names.map((displayName) => ({ account: displayName, displayName }));
      const items = build([row(1, noon, { reactions: [{ emoji: "👍🏽", count: names.length, mine: false, people }] })]);
      const item = items.at(-1);
      return item?.kind === "message" ? item.reactions[0]?.label : undefined;
    };
    expect(of("Ana", "")).toBe("👍🏽 by Ana and Somebody");
    expect(of("Ana", "Bo", "Cy", "Di", "Eve")).toBe("👍🏽 by Ana, Bo, Cy, Di and Eve");
    expect(of("Ana", "Bo", "Cy", "Di", "Eve", "Flo", "Gus")).toBe("👍🏽 by Ana, Bo, Cy, Di and 3 others");
  });
});

describe("runs of one author", () => {
  test("end with another author, a pause, or anything in between", () => {
    const bo = { author: "account-bo", authorName: "Bo Lind" };
    const left = { kind: "member-left" } as const;
    const system = { kind: "system", id: "s", ordinal: 5, at: noon, actorName: "Bo", mine: false, what: left } as const;
    const rows = [row(1, noon), row(2, noon + minute), row(3, noon + 9 * minute), row(4, noon + 9 * minute, bo)];
    const items = build([...rows, system, row(6, noon + 9 * minute, bo)]);
    const first = items.flatMap((item) => (item.kind === "message" ? item.first : []));
    expect(first).toEqual([true, false, true, true, true]);
  });

  test("are named in groups only, and not one's own", () => {
    const named = (group: boolean, mine: boolean) =>
      build([row(1, noon, { mine })], { group }).some((item) => item.kind === "message" && item.author.shown);
    expect([named(true, false), named(true, true), named(false, false)]).toEqual([true, false, false]);
  });
});

describe("what does not change", () => {
  test("keeps its item when rows come after it or before it", () => {
    const items = new TimelineItems(en, new TimeFormat(en, "en-GB", () => "UTC"));
    const rows = [row(2, noon), row(3, noon + 9 * minute)];
    const before = items.build(rows, context, noon);
    const after = items.build([row(1, noon - 9 * minute), ...rows, row(4, noon + 9 * minute)], context, noon);
    for (const item of before.filter(({ kind }) => kind === "message")) expect(after).toContain(item);
    expect(items.build([...rows], context, noon)).toHaveLength(3);
  });

  test("keeps the whole list when nothing changed at all", () => {
    const items = new TimelineItems(en, new TimeFormat(en, "en-GB", () => "UTC"));
    const rows = [row(1, noon), row(2, noon)];
    expect(items.build([...rows], context, noon)).toBe(items.build(rows, context, noon));
  });

  test("[OUT6] but what is on its way waits for the network while there is none", () => {
    const items = new TimelineItems(en, new TimeFormat(en, "en-GB", () => "UTC"));
    const rows = [row(1, noon), row(2, noon, { ordinal: undefined, mine: true, status: { kind: "sending" } })];
    const statusOf = (connected: boolean) => {
      const built = items.build(rows, { ...context, connected }, noon);
      const last = built.at(-1);
      return { first: built.at(-2), status: last?.kind === "message" ? last.status?.label : undefined };
    };
    const before = statusOf(true);
    const after = statusOf(false);
    expect([before.status, after.status]).toEqual(["Sending", "Waiting for the network"]);
    expect(after.first).toBe(before.first);
  });

  test("but a row that changed has a new item under its old key", () => {
    const items = new TimelineItems(en, new TimeFormat(en, "en-GB", () => "UTC"));
    const sending = row(1, noon, { ordinal: undefined, mine: true, status: { kind: "sending" } });
    const before = items.build([sending], context, noon).at(-1);
    const after = items.build([{ ...sending, ordinal: 1, status: { kind: "sent" } }], context, noon).at(-1);
    expect(after).not.toBe(before);
    expect(after?.key).toBe(before?.key ?? "");
  });
});

describe("a message", () => {
  test("is named by author and time, and says its state in a word", () => {
    const item = build([row(1, noon, { mine: true, status: { kind: "failed", code: 11, reason: "members" } })]).at(-1);
    expect(item).toMatchObject({
      label: "Ana Ruiz, 12:00",
      status: { kind: "failed", label: "Not sent", reason: "The group is full." },
    });
  });

  test("of somebody whose name never came has a name all the same", () => {
    const label = (mine: boolean) => build([row(1, noon, { authorName: "", mine })]).at(-1);
    expect([label(true), label(false)]).toMatchObject([{ label: "Ana Ruiz, 12:00" }, { label: "Somebody, 12:00" }]);
  });

  test("without content says why", () => {
    const text = (changes: Parameters<typeof messageRow>[0]) => {
      const item = build([row(1, noon, changes)]).at(-1);
      return item?.kind === "message" ? item.body.text : undefined;
    };
    expect(text({ body: { kind: "deleted" } })).toBe("This message was deleted");
    expect(text({ body: { kind: "deleted" }, mine: true })).toBe("You deleted this message");
    expect(text({ body: { kind: "withheld" } })).toContain("edited while you were not a member");
  });
});

describe("a long message", () => {
  const text = "a line\n".repeat(40);
  const long = row(1, noon, { body: { kind: "text", text, edited: false } });
  const foldOf = (item: TimelineItem | undefined) =>
    item?.kind === "message" && item.body.kind === "text" ? item.body.fold : "none";

  test("stays unfolded while it is out of the window, and while its state changes; and changes no other", () => {
    const items = new TimelineItems(en, new TimeFormat(en, "en-GB", () => "UTC"));
    const rows = [long, row(2, noon)];
    const other = items.build(rows, context, noon).at(-1);
    expect(foldOf(items.build(rows, context, noon).at(-2))).toBe("folded");
    items.setUnfolded("m1", true);
    expect(foldOf(items.build(rows, context, noon).at(-2))).toBe("unfolded");
    expect(items.build(rows, context, noon).at(-1)).toBe(other);
    items.build([row(2, noon)], context, noon);
    expect(foldOf(items.build([{ ...long, reactions: [] }, row(2, noon)], context, noon).at(-2))).toBe("unfolded");
    items.setUnfolded("m1", false);
    expect(foldOf(items.build(rows, context, noon).at(-2))).toBe("folded");
  });

  test("is the same text folded or not, and a short one cannot be folded", () => {
    const item = build([long]).at(-1);
    expect(item?.kind === "message" && item.body.text).toBe(text);
    expect(foldOf(build([row(1, noon)]).at(-1))).toBeUndefined();
  });
});

describe("[RPL2] what a message answers", () => {
  const quoted = (said: NonNullable<MessageRow["quote"]>["said"], connected = true) => {
    const [, item] = build([row(1, noon, { quote: { id: "m0", ordinal: undefined, said } })], { connected });
    return item?.kind === "message" ? item.quote : undefined;
  };
  const who = { author: "account-bo", authorName: "Bo Lind", mine: false };

  test("is whose it is and how it begins, in one line and without marks", () => {
    const quote = quoted({ kind: "text", ...who, text: "**Tea**\nat five", failed: false });
    expect(quote).toMatchObject({ author: { name: "Bo Lind" }, text: "Tea at five", reachable: true });
    expect(quote?.label).toBe("In reply to Bo Lind: Tea at five");
  });

  test("is said to be deleted, not sent, not available, or on its way", () => {
    expect(quoted({ kind: "deleted", ...who })).toMatchObject({ text: "This message was deleted", placeholder: true });
    expect(quoted({ kind: "text", ...who, mine: true, text: "Tea", failed: true })?.text).toBe("Not sent: Tea");
    expect(quoted({ kind: "unavailable" })).toMatchObject({ text: "This message is not available", reachable: false });
    expect(quoted({ kind: "unknown" })?.text).toBe("Loading this message…");
    expect(quoted({ kind: "unknown" }, false)?.text).toBe("This message is not on this device");
  });

  test("is drawn anew when the connection goes, if it was on its way", () => {
    const items = new TimelineItems(en, new TimeFormat(en, "en-GB", () => "UTC"));
    const rows = [row(1, noon, { quote: { id: "m0", ordinal: undefined, said: { kind: "unknown" } } })];
    const text = (connected: boolean) => {
      const item = items.build(rows, { ...context, connected }, noon)[1];
      return item?.kind === "message" ? item.quote?.text : undefined;
    };
    expect([text(true), text(false), text(true)]).toEqual([
      "Loading this message…",
      "This message is not on this device",
      "Loading this message…",
    ]);
  });
});
