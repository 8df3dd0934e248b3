import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { type Answer, OrderSchema } from "@parley/protocol";
import type { Outcome, Submitted } from "../log/log-writer.ts";
import { GroupCommitter } from "./group-committer.ts";
import { staleAnswer } from "./ruling.ts";

describe("the group committer", () => {
  test("commits at once when idle, and gathers what comes meanwhile", async () => {
    const { writer, committer } = setUp();
    const first = committer.submit([of("a", 1)]);
    const others = [committer.submit([of("a", 2), of("a", 3)]), committer.submit([of("b", 1)])];
    expect(writer.batches).toEqual([["a1"]]);
    await writer.finish();
    expect(idsOf(await first)).toEqual(["a1"]);
    expect(writer.batches).toEqual([["a1"], ["a2", "a3", "b1"]]);
    await writer.finish();
    expect((await Promise.all(others)).map(idsOf)).toEqual([["a2", "a3"], ["b1"]]);
  });

  test("lets devices take turns, at most 128 commands in a batch", async () => {
    const { writer, committer } = setUp();
    void committer.submit([of("z", 0)]);
    const long = committer.submit(Array.from({ length: 200 }, (_, index) => of("a", index)));
    void committer.submit([of("b", 0), of("b", 1)]);
    await writer.finish();
    expect(writer.batches[1]).toHaveLength(128);
    expect(writer.batches[1]?.slice(6, 12)).toEqual(["a6", "a7", "b0", "b1", "a8", "a9"]);
    await writer.finish();
    await writer.finish();
    expect(idsOf(await long)).toEqual(Array.from({ length: 200 }, (_, index) => `a${index}`));
  });

  test("hands on the next batch before it tells of the last", async () => {
    const { writer, committer, published } = setUp();
    const first = committer.submit([of("a", 1)]).then(() => writer.batches.length);
    void committer.submit([of("a", 2)]);
    await writer.finish();
    expect([await first, published.length]).toEqual([2, 1]);
  });

  test("publishes before it answers", async () => {
    const { writer, committer, published } = setUp();
    const answered = committer.submit([of("a", 1)]).then(() => published.length);
    await writer.finish();
    expect(await answered).toBe(1);
  });

  test("tells everybody in the batch when the store is broken, and goes on", async () => {
    const { writer, committer } = setUp();
    const lost = committer.submit([of("a", 1)]);
    const next = committer.submit([of("a", 2)]);
    writer.break(new Error("Broken."));
    expect(lost).rejects.toThrow("Broken.");
    await settled();
    await writer.finish();
    expect(idsOf(await next)).toEqual(["a2"]);
  });

  test("what arrives in one turn is committed together", async () => {
    const turns: (() => void)[] = [];
    const { writer, committer } = setUp((task) => turns.push(task));
    for (const device of ["a", "b", "c"]) void committer.submit([of(device, 1)]);
    expect(writer.batches).toEqual([]);
    for (const turn of turns) turn();
    await settled();
    expect(writer.batches).toEqual([["a1", "b1", "c1"]]);
    await writer.finish();
  });
});

function setUp(soon: (task: () => void) => void = (task) => task()) {
  const writer = new HeldWriter();
  const published: unknown[] = [];
  const committer = new GroupCommitter({ writer, publish: (events) => published.push(events), soon });
  return { writer, committer, published };
}

/** A writer that finishes a batch when the test says so, and answers with the text of the command. */
class HeldWriter {
  readonly batches: string[][] = [];
  #current = Promise.withResolvers<void>();

  async execute(batch: readonly Submitted[]): Promise<Outcome> {
    const names = batch.map(({ command }) => new TextDecoder().decode(command));
    this.batches.push(names);
    await this.#current.promise;
    return { answers: names.map((name) => staleAnswer(name, "")), published: [] };
  }

  finish(): Promise<void> {
    const { resolve } = this.#current;
    this.#current = Promise.withResolvers();
    resolve();
    return settled();
  }

  break(error: Error): void {
    const { reject } = this.#current;
    this.#current = Promise.withResolvers();
    reject(error);
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
