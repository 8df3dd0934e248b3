import { describe, expect, test } from "bun:test";
import { limits, RejectionCode } from "@parley/protocol";
import type { SearchPage, SearchPlace, SearchResult } from "../api/search-view.ts";
import { EngineFixture, group, me, newId, SampleLog, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

/** All steps of a search. */
async function steps({ engine }: EngineFixture, query: string): Promise<readonly SearchPage[]> {
  const pages: SearchPage[] = [];
  for (let next: SearchPlace | undefined; pages.length === 0 || next !== undefined; ) {
    const page = await engine.search(group, query, next);
    pages.push(page);
    next = page.next;
  }
  return pages;
}

async function texts(fixture: EngineFixture, query: string): Promise<readonly string[]> {
  return (await steps(fixture, query)).flatMap(({ results }) => results.map(textOf));
}

function textOf({ excerpt }: SearchResult): string {
  return excerpt.map(({ text }) => text).join("");
}

describe("[SEA1] steps", () => {
  test("find everything held, newest first, each once, with a bounded number of results a step", async () => {
    const { fixture } = await inGroup(130, 131);
    const pages = await steps(fixture, "message");
    expect(pages.length).toBeGreaterThan(2);
    expect(Math.max(...pages.map(({ results }) => results.length))).toBe(50);
    const ordinals = pages.flatMap(({ results }) => results.map(({ ordinal }) => ordinal ?? 0));
    expect(ordinals).toEqual(Array.from({ length: 130 }, (_, index) => 131 - index));
    expect(pages.reduce((sum, { searched }) => sum + searched, 0)).toBe(130);
    expect(pages.every(({ complete }) => complete)).toBe(true);
  });

  test("end where they have taken their time, however little was found, and lose nothing by it", async () => {
    const { fixture } = await inGroup(40, 41);
    const elapsed = fixture.clock.elapsed.bind(fixture.clock);
    let calls = 0;
    // A slow device: each message takes 4 ms.
    fixture.clock.elapsed = () => elapsed() + 4 * calls++;
    const pages = await steps(fixture, "message 39");
    expect(pages.length).toBeGreaterThan(10);
    expect(pages.flatMap(({ results }) => results.map(textOf))).toEqual(["message 39"]);
    expect(pages.reduce((sum, { searched }) => sum + searched, 0)).toBe(40);
  });

  test("look at no more than some thousand messages", async () => {
    const { fixture } = await inGroup(2_100, 2_101);
    const pages = await steps(fixture, "message 2100");
    expect(pages.map(({ searched }) => searched)).toEqual([2_000, 100]);
    expect(pages.flatMap(({ results }) => results)).toHaveLength(1);
  });

  test("refuse what is too long, and find nothing for nothing", async () => {
    const { fixture } = await inGroup(3);
    await expect(fixture.engine.search(group, "x".repeat(501))).rejects.toMatchObject({ code: "invalid" });
    expect(await texts(fixture, "  ")).toEqual([]);
    expect((await fixture.engine.search("018f0000-0000-7000-8000-0000000000ff", "x")).results).toEqual([]);
  });
});

describe("[SEA3] what may be shown", () => {
  test("neither holes nor what is left from before a Reset", async () => {
    const { fixture, log } = await inGroup(100, 10);
    expect(await texts(fixture, "message")).toHaveLength(10);
    expect((await fixture.engine.search(group, "message")).complete).toBe(false);
    for (let index = 1; index <= 60; index++) log.post(you, `later ${index}`);
    fixture.server.tell(log.reset(5));
    await settled();
    expect(await texts(fixture, "message")).toEqual([]);
    expect(await texts(fixture, "later")).toHaveLength(5);
  });

  test("what was deleted is not found, what was edited as it is now", async () => {
    const { fixture, log } = await inGroup(5);
    const [, first, second] = log.events;
    const edited = log.add(you, {
      case: "edited",
      value: { target: first?.id ?? "", content: { form: { case: "plain", value: { text: "new words" } } } },
    });
    const erased = log.add(you, { case: "erased", value: { target: second?.id ?? "" } });
    for (const event of [edited, erased]) fixture.server.tell({ case: "event", value: { event } });
    await settled();
    expect(await texts(fixture, "message")).toEqual(["message 5", "message 4", "message 3"]);
    expect(await texts(fixture, "new")).toEqual(["new words"]);
  });

  test("content that is withheld is not found by what it was", async () => {
    const { fixture, log } = await inGroup(2);
    const [, first] = log.events;
    const event = log.add(you, { case: "edited", value: { target: first?.id ?? "" } });
    fixture.server.tell({ case: "event", value: { event } });
    await settled();
    expect(await texts(fixture, "message 1")).toEqual([]);
  });

  test("what was found is told again as it is, or not at all", async () => {
    const { fixture, log } = await inGroup(4);
    const { results } = await fixture.engine.search(group, "message");
    const ids = results.map(({ id }) => id);
    expect(await fixture.engine.searchAgain(group, "message", ids)).toHaveLength(4);
    const event = log.add(you, { case: "erased", value: { target: ids[1] ?? "" } });
    fixture.server.tell({ case: "event", value: { event } });
    await settled();
    const still = await fixture.engine.searchAgain(group, "message", ids);
    expect(still.map(({ id }) => id).sort()).toEqual([ids[0], ids[2], ids[3]].map((id) => id ?? "").sort());
    expect(await fixture.engine.searchAgain(group, "something else", ids)).toEqual([]);
    for (let index = 1; index <= 60; index++) log.post(you, `later ${index}`);
    fixture.server.tell(log.reset(5));
    await settled();
    expect(await fixture.engine.searchAgain(group, "message", ids)).toEqual([]);
  });
});

describe("[SEA4] what waits", () => {
  test("is found before the rest, without a network, as it will be", async () => {
    const { fixture, log } = await inGroup(3);
    fixture.server.accepts = false;
    fixture.server.drop();
    await settled();
    const [mine, gone] = [newId(), newId()];
    for (const [id, text] of [
      [mine, "my message"],
      [gone, "message I take back"],
    ] as const) {
      await fixture.engine.post({ id, conversation: group, text, sentAt: 1 });
    }
    await fixture.engine.edit(newId(), group, mine, "my better message");
    await fixture.engine.discard(gone);
    await fixture.engine.deleteMessage(newId(), group, log.events[2]?.id ?? "");
    await settled();
    expect(await texts(fixture, "message")).toEqual(["my better message", "message 3", "message 1"]);
    const [page] = await steps(fixture, "better");
    expect(page?.results[0]).toMatchObject({ id: mine, ordinal: undefined, author: me, mine: true });
  });

  test("is found once, before and after its event, and rejected or not", async () => {
    const { fixture, log } = await inGroup(1);
    const [kept, refused] = [newId(), newId()];
    await fixture.engine.post({ id: kept, conversation: group, text: "mine one", sentAt: 1 });
    await settled();
    expect(await texts(fixture, "mine")).toEqual(["mine one"]);
    fixture.accept(fixture.server.takeCommands(), log.head.seq + 1);
    await settled();
    expect(await texts(fixture, "mine")).toEqual(["mine one"]);
    fixture.server.tell({ case: "event", value: { event: log.post(me, "mine one", kept) } });
    await settled();
    expect(await texts(fixture, "mine")).toEqual(["mine one"]);
    await fixture.engine.post({ id: refused, conversation: group, text: "mine two", sentAt: 1 });
    await settled();
    await fixture.reject(RejectionCode.NOT_ALLOWED, "no");
    expect(await texts(fixture, "mine")).toEqual(["mine two", "mine one"]);
  });

  test("is found however much of it there is, in steps", async () => {
    const fixture = new EngineFixture();
    const log = new SampleLog();
    await fixture.online({ heads: [{ head: log.head, entryHead: log.entryHead }] });
    fixture.server.tell(log.reset(5));
    await settled();
    for (let index = 1; index <= 320; index++) {
      await fixture.engine.post({ id: newId(), conversation: group, text: `waits ${index}`, sentAt: index });
    }
    const pages = await steps(fixture, "waits");
    expect(Math.max(...pages.map(({ results }) => results.length))).toBe(50);
    expect(pages.flatMap(({ results }) => results.map(textOf))).toEqual(
      Array.from({ length: 320 }, (_, index) => `waits ${320 - index}`),
    );
  });
});

test("[SEA1] a text as long as texts may be is found", async () => {
  const { fixture, log } = await inGroup(1);
  const text = `${"x".repeat(limits.textCharacters - 7)} needle`;
  fixture.server.tell({ case: "event", value: { event: log.post(you, text) } });
  await settled();
  expect((await texts(fixture, "needle"))[0]?.endsWith("needle")).toBe(true);
});
