import { beforeEach, expect, test } from "bun:test";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { LimitVoice } from "./limit-voice.ts";

let clock: ManualClock;
let said: number[];
let left: number | undefined;
let voice: LimitVoice;

beforeEach(() => {
  clock = new ManualClock();
  said = [];
  voice = new LimitVoice(clock, () => said.push(left ?? 0));
});

function type(room: number | undefined, pauseMs: number) {
  left = room;
  voice.changed({ left: room });
  clock.advance(pauseMs);
}

test("the room that is left is said when somebody pauses, not with every key", () => {
  for (const room of [200, 199, 198]) type(room, 300);
  expect(said).toEqual([]);
  clock.advance(1_000);
  expect(said).toEqual([198]);
});

test("it is said once for each step, and again after there was plenty", () => {
  for (const room of [190, 180, 150, 100, 90, 51, 50, 12, 9, 0]) type(room, 2_000);
  expect(said).toEqual([190, 100, 50, 12, 9, 0]);
  type(undefined, 2_000);
  type(190, 2_000);
  expect(said.at(-1)).toBe(190);
});

test("what is too long is said once, until it fits again", () => {
  for (const room of [-1, -2, -300, 3, -1]) type(room, 2_000);
  expect(said).toEqual([-1, 3, -1]);
});

test("nothing is said after the end, nor of room that came back before the pause was over", () => {
  type(100, 500);
  type(undefined, 2_000);
  type(100, 500);
  voice.dispose();
  clock.advance(2_000);
  expect(said).toEqual([]);
});
