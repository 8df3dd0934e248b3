import { expect, test } from "bun:test";
import type { ConversationListView, HoldUp, Observable } from "@parley/client";
import { remarkHoldUps } from "./hold-up-remarks.ts";

const PATIENCE_MS = 20;

test("a server that puts off what is sent is mentioned after a while, once for each reason", async () => {
  const conversations = new Changing("storage-full");
  const remarks: string[] = [];
  const stop = remarkHoldUps(conversations, PATIENCE_MS, (text) => remarks.push(text));
  expect(remarks).toEqual([]);
  await Bun.sleep(2 * PATIENCE_MS);
  expect(remarks).toEqual(["The server's disk is full; trying again."]);
  for (const holdUp of ["unavailable", "storage-full", undefined] as const) conversations.set(holdUp);
  expect(remarks.slice(1)).toEqual(["The server cannot store anything at the moment; trying again."]);
  stop();
  conversations.set("rate-limited");
  expect(remarks).toHaveLength(2);
});

test("what was over before that is not mentioned, nor what is stopped before", async () => {
  const conversations = new Changing("rate-limited");
  const remarks: string[] = [];
  remarkHoldUps(conversations, PATIENCE_MS, (text) => remarks.push(text));
  const stop = remarkHoldUps(new Changing("unavailable"), PATIENCE_MS, (text) => remarks.push(text));
  conversations.set(undefined);
  stop();
  await Bun.sleep(2 * PATIENCE_MS);
  expect(remarks).toEqual([]);
});

class Changing implements Observable<ConversationListView> {
  readonly #listeners = new Set<() => void>();
  #holdUp: HoldUp | undefined;

  constructor(holdUp: HoldUp | undefined) {
    this.#holdUp = holdUp;
  }

  get(): ConversationListView {
    return { loaded: true, pending: 1, holdUp: this.#holdUp, conversations: [] };
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  set(holdUp: HoldUp | undefined): void {
    this.#holdUp = holdUp;
    for (const listener of this.#listeners) listener();
  }
}
