import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { type Answer, OrderSchema } from "@parley/protocol";
import type { DueOutcome, Outcome, Submitted } from "../log/log-writer.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { GroupCommitter } from "./group-committer.ts";
import { staleAnswer } from "./ruling.ts";

describe("the group committer", () => {
  test("commits at once after a pause, and gathers what comes meanwhile", async () => {
    const { writer, committer, clock } = setUp();
    const first = committer.submit([of("a", 1)]);
    await clock.advance(0);
    const others = [committer.submit([of("a", 2), of("a", 3)]), committer.submit([of("b", 1)])];
    expect(writer.batches).toEqual([["a1"]]);
    await writer.finish();
    expect(idsOf(await first)).toEqual(["a1"]);
    await clock.advance(5);
    expect(writer.batches).toEqual([["a1"], ["a2", "a3", "b1"]]);
    await writer.finish();
    expect((await Promise.all(others)).map(idsOf)).toEqual([["a2", "a3"], ["b1"]]);
  });

  test("gathers for five milliseconds from the first command while commands keep coming", async () => {
    const { writer, committer, clock } = setUp();
    void committer.submit([of("a", 0)]);
    await clock.advance(4);
    await writer.finish();
    for (let number = 1; number <= 4; number++) {
      void committer.submit([of("a", number)]);
      await clock.advance(1);
    }
    expect(writer.batches).toEqual([["a0"]]);
    await clock.advance(1);
    expect(writer.batches).toEqual([["a0"], ["a1", "a2", "a3", "a4"]]);
    await writer.finish();
  });

  test("does not gather after a pause of five milliseconds, nor what has waited as long for the commit before", async () => {
    const { writer, committer, clock } = setUp();
    void committer.submit([of("a", 0)]);
    await clock.advance(5);
    void committer.submit([of("a", 1)]);
    await writer.finish();
    expect(writer.batches[1]).toEqual(["a1"]);
    await clock.advance(1);
    void committer.submit([of("a", 2)]);
    await clock.advance(5);
    await writer.finish();
    expect(writer.batches[2]).toEqual(["a2"]);
    await writer.finish();
  });

  test("does not wait with a full batch", async () => {
    const { writer, committer, clock } = setUp();
    void committer.submit([of("a", 0)]);
    await clock.advance(0);
    await writer.finish();
    void committer.submit([of("b", 0)]);
    void committer.submit(Array.from({ length: 127 }, (_, index) => of("a", index + 1)));
    await clock.advance(0);
    expect(writer.batches[1]).toHaveLength(128);
    await writer.finish();
  });

  test("lets devices take turns, at most 128 commands in a batch", async () => {
    const { writer, committer, clock } = setUp();
    const long = committer.submit(Array.from({ length: 200 }, (_, index) => of("a", index)));
    void committer.submit([of("b", 0), of("b", 1)]);
    await clock.advance(0);
    expect(writer.batches[0]).toHaveLength(128);
    expect(writer.batches[0]?.slice(6, 12)).toEqual(["a6", "a7", "b0", "b1", "a8", "a9"]);
    await writer.finish();
    await clock.advance(5);
    await writer.finish();
    expect(idsOf(await long)).toEqual(Array.from({ length: 200 }, (_, index) => `a${index}`));
  });

  test("sends one full batch ahead, and tells of both in order", async () => {
    const { writer, committer, clock, published } = setUp();
    const told: string[] = [];
    const submit = (device: string, count: number) => {
      const commands = Array.from({ length: count }, (_, index) => of(device, index));
      void committer.submit(commands).then(([first]) => told.push(`${first?.id} ${published.length}`));
    };
    submit("a", 1);
    await clock.advance(0);
    submit("b", 127);
    expect(writer.batches).toHaveLength(1);
    submit("c", 1);
    expect(writer.batches.map((batch) => batch.length)).toEqual([1, 128]);
    // A third one waits, however full.
    submit("d", 128);
    expect(writer.batches).toHaveLength(2);
    await writer.finish();
    expect(writer.batches).toHaveLength(3);
    expect(told).toEqual(["a0 1"]);
    await writer.finish();
    await writer.finish();
    expect(told.toSorted()).toEqual(["a0 1", "b0 2", "c0 2", "d0 3"]);
  });

  test("hands on the next batch before it tells of the last, if it is due", async () => {
    const { writer, committer, published, clock } = setUp();
    const first = committer.submit([of("a", 1)]).then(() => writer.batches.length);
    await clock.advance(5);
    void committer.submit([of("a", 2)]);
    await writer.finish();
    expect([await first, published.length]).toEqual([2, 1]);
  });

  test("publishes before it answers", async () => {
    const { writer, committer, published, clock } = setUp();
    const answered = committer.submit([of("a", 1)]).then(() => published.length);
    await clock.advance(0);
    await writer.finish();
    expect(await answered).toBe(1);
  });

  test("tells everybody in the batch when the store is broken, and goes on", async () => {
    const { writer, committer, clock } = setUp();
    const lost = committer.submit([of("a", 1)]).catch((error: unknown) => String(error));
    await clock.advance(0);
    const next = committer.submit([of("a", 2)]);
    writer.break(new Error("Broken."));
    expect(await lost).toBe("Error: Broken.");
    await clock.advance(5);
    await writer.finish();
    expect(idsOf(await next)).toEqual(["a2"]);
  });

  test("what arrives in one turn is committed together", async () => {
    const { writer, committer, clock } = setUp();
    for (const device of ["a", "b", "c"]) void committer.submit([of(device, 1)]);
    expect(writer.batches).toEqual([]);
    await clock.advance(0);
    expect(writer.batches).toEqual([["a1", "b1", "c1"]]);
    await writer.finish();
  });
});

function setUp() {
  const clock = new ManualClock();
  const writer = new HeldWriter();
  const published: unknown[] = [];
  const committer = new GroupCommitter({ clock, writer, publish: (events) => published.push(events) });
  return { clock, writer, committer, published };
}

/** A writer that finishes the oldest batch when the test says so, and answers with the text of the command. */
class HeldWriter {
  readonly batches: string[][] = [];
  readonly #held: ReturnType<typeof Promise.withResolvers<void>>[] = [];

  async execute(batch: readonly Submitted[]): Promise<Outcome> {
    const names = batch.map(({ command }) => new TextDecoder().decode(command));
    this.batches.push(names);
    const held = Promise.withResolvers<void>();
    this.#held.push(held);
    await held.promise;
    return { answers: names.map((name) => staleAnswer(name, "")), published: [], written: [] };
  }

  async due(): Promise<DueOutcome> {
    return { published: [], written: [], forgets: false, next: undefined };
  }

  finish(): Promise<void> {
    this.#held.shift()?.resolve();
    return settled();
  }

  break(error: Error): void {
    this.#held.shift()?.reject(error);
  }
}

function of(device: string, number: number): Submitted {
  const command = new TextEncoder().encode(`${device}${number}`);
  return { account: "account", device, order: create(OrderSchema), command };
}

function idsOf(answers: readonly Answer[]): string[] {
  return answers.map(({ id }) => id);
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
