import { describe, expect, test } from "bun:test";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { UnreadMark } from "./unread-mark.ts";

function opened(attends: boolean, marked: boolean | undefined) {
  const attention = new ObservedValue(attends);
  const state = { marked, ended: 0 };
  const end = () => {
    state.ended += 1;
    state.marked = false;
  };
  const mark = new UnreadMark({ attention, marked: () => state.marked, end });
  mark.look();
  return { attention, state, mark };
}

describe("[PRF6] that a conversation is marked as unread", () => {
  test("ends when it is opened, once that is known", () => {
    expect(opened(true, true).state.ended).toBe(1);
    const { state, mark } = opened(true, undefined);
    state.marked = true;
    mark.look();
    expect(state.ended).toBe(1);
  });

  test("stays while nobody can look", () => {
    const { attention, state } = opened(false, true);
    expect(state.ended).toBe(0);
    attention.set(true);
    expect(state.ended).toBe(1);
  });

  test("stays where it is marked elsewhere while somebody looks, until they come back or read on", () => {
    const { attention, state, mark } = opened(true, false);
    state.marked = true;
    mark.look();
    expect(state.ended).toBe(0);
    attention.set(false);
    attention.set(true);
    expect(state.ended).toBe(1);
    state.marked = true;
    mark.look();
    mark.read();
    mark.read();
    expect(state.ended).toBe(2);
  });
});
