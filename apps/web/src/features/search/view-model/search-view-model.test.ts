import { beforeEach, describe, expect, test } from "bun:test";
import type { SearchPage, SearchPlace, SearchResult } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { en } from "../../../texts/en.ts";
import { TimeFormat } from "../../../texts/time-format.ts";
import { SearchViewModel } from "./search-view-model.ts";

interface Asked {
  readonly query: string;
  readonly from: SearchPlace | undefined;
  readonly answer: (page: SearchPage) => Promise<void>;
  readonly fail: () => Promise<void>;
}

let clock: ManualClock;
let asked: Asked[];
let again: (ids: readonly string[]) => readonly SearchResult[];
let changes: ObservedValue<number>;
let model: SearchViewModel;

beforeEach(() => {
  clock = new ManualClock();
  asked = [];
  again = () => [];
  changes = new ObservedValue(0);
  model = new SearchViewModel({
    conversation: "c",
    engine: {
      account: new ObservedValue({ account: "a", userName: "ana", displayName: "Ana" }),
      search: (_, query, from) =>
        new Promise((resolve, reject) => {
          asked.push({
            query,
            from,
            answer: async (page) => {
              resolve(page);
              await settled();
            },
            fail: async () => {
              reject(new Error("The engine has stopped."));
              await settled();
            },
          });
        }),
      searchAgain: async (_conversation, _query, ids) => again(ids),
    },
    changes,
    clock,
    texts: en,
    format: new TimeFormat(en, "en-GB", () => "UTC"),
  });
});

function settled(): Promise<void> {
  return new Promise((done) => setTimeout(done, 0));
}

function results(from: number, count: number): readonly SearchResult[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `m${from + index}`,
    ordinal: from + index,
    author: "b",
    authorName: "Bo",
    mine: false,
    at: clock.now(),
    excerpt: [{ text: "found", hit: true }],
  }));
}

function page(found: readonly SearchResult[], next?: number, searched = 100): SearchPage {
  return {
    results: found,
    searched,
    next: next === undefined ? undefined : { kind: "entries", before: next },
    complete: false,
  };
}

async function type(query: string): Promise<Asked> {
  model.setQuery(query);
  clock.advance(150);
  await settled();
  const last = asked.at(-1);
  if (last === undefined) throw new Error("Nothing was looked for");
  return last;
}

describe("looking for messages", () => {
  test("one search for what is typed in one go, and none for spaces", async () => {
    model.setQuery("l");
    clock.advance(100);
    model.setQuery("lu");
    clock.advance(100);
    expect((await type("lunch")).query).toBe("lunch");
    expect(asked).toHaveLength(1);
    model.setQuery("  ");
    clock.advance(1_000);
    expect(asked).toHaveLength(1);
    expect(model.get()).toMatchObject({ items: [], summary: "", searching: false });
  });

  test("[SEA1] step by step, shown as it comes, counted when it is over", async () => {
    await (await type("lunch")).answer(page(results(90, 2), 80, 1_000));
    expect(model.get()).toMatchObject({ searching: true, summary: "" });
    expect(model.get().items).toHaveLength(2);
    expect(asked[1]?.from).toEqual({ kind: "entries", before: 80 });
    await asked[1]?.answer(page(results(10, 1), undefined, 240));
    expect(model.get()).toMatchObject({ searching: false, summary: "3 messages found", canShowMore: false });
    expect(model.get().reach).toBe("Searched 1,240 messages on this device. Older ones are not loaded.");
    expect(asked).toHaveLength(2);
  });

  test("a bounded number is shown until somebody wants more", async () => {
    await (await type("lunch")).answer(page(results(100, 50), 100));
    expect(model.get()).toMatchObject({ canShowMore: true, summary: "The newest 50 messages found" });
    expect(asked).toHaveLength(1);
    model.showMore();
    await asked[1]?.answer(page(results(50, 7)));
    expect(model.get()).toMatchObject({ canShowMore: false, summary: "57 messages found" });
  });

  test("what an earlier query found comes too late", async () => {
    const first = await type("lunch");
    const second = await type("dinner");
    await second.answer(page(results(5, 1)));
    await first.answer(page(results(50, 9), 40));
    expect(model.get().items.map(({ id }) => id)).toEqual(["m5"]);
    expect(asked).toHaveLength(2);
  });

  test("nothing found, and a search that does not work, are said", async () => {
    await (await type("lunch")).answer(page([]));
    expect(model.get().summary).toBe("No messages found");
    await (await type("lunch!")).fail();
    expect(model.get()).toMatchObject({ reach: en.search.failed, searching: false });
  });

  test("[SEA3] what is erased meanwhile goes, what is edited changes", async () => {
    await (await type("lunch")).answer(page(results(1, 3)));
    const [, second] = results(1, 3);
    again = (ids) => (second === undefined ? [] : [{ ...second, authorName: `of ${ids.length}` }]);
    changes.set(1);
    changes.set(2);
    clock.advance(300);
    await settled();
    expect(model.get().items.map(({ id, author }) => [id, author])).toEqual([["m2", "of 3"]]);
    expect(model.get().summary).toBe("1 message found");
  });

  test("nothing is asked after it was closed", async () => {
    const open = await type("lunch");
    model.setQuery("lunch or dinner");
    changes.set(1);
    model.dispose();
    await open.answer(page(results(1, 1), 1));
    clock.advance(1_000);
    expect(asked).toHaveLength(1);
  });
});
