import { expect, test } from "bun:test";
import { FrameRecorder } from "./frame-recorder.ts";

const ping = '{"ping":{"nonce":1}}';

test("the latest frames are kept, few or many, and no more bytes than a developer's page can spare", () => {
  const recorder = new FrameRecorder();
  for (let at = 1; at <= 1_500; at++) recorder.record("sent", "json", ping, at);
  const few = recorder.since(0);
  expect(few).toHaveLength(500);
  expect(few.at(-1)).toMatchObject({ at: 1_500, kind: "ping" });
  const large = "x".repeat(512 * 1024);
  for (let at = 2_000; at < 2_100; at++) recorder.record("received", "json", large, at);
  const kept = recorder.since(0);
  expect(kept.at(-1)).toMatchObject({ at: 2_099, bytes: large.length });
  expect(kept.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(8 * 1024 * 1024);
});
