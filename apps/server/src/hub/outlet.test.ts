import { describe, expect, test } from "bun:test";
import { ManualClock } from "../testing/manual-clock.ts";
import { Outlet } from "./outlet.ts";

const SECOND = { gapMs: 1_000, expiresAt: Number.POSITIVE_INFINITY };

function outlet() {
  const clock = new ManualClock();
  const frames: (readonly string[])[] = [];
  const reader = { clear: true };
  const made = new Outlet<string>(clock, reader, (values) => frames.push(values));
  return { clock, frames, reader, outlet: made };
}

describe("outlet", () => {
  test("[MRK5] lets the first value out at once, then at most one frame a second with the newest of each key", async () => {
    const { clock, frames, outlet: out } = outlet();
    out.push("a", "a1", SECOND);
    await clock.advance(0);
    expect(frames).toEqual([["a1"]]);
    for (let round = 2; round <= 20; round++) {
      out.push("a", `a${round}`, SECOND);
      out.push("b", `b${round}`, SECOND);
      await clock.advance(20);
    }
    expect(frames).toHaveLength(1);
    await clock.advance(1_000);
    expect(frames).toEqual([["a1"], ["a20", "b20"]]);
  });

  test("waits for a device that reads slowly, and forgets what has run out", async () => {
    const { clock, frames, reader, outlet: out } = outlet();
    reader.clear = false;
    out.push("typing", "typing", { gapMs: 100, expiresAt: clock.elapsed() + 5_000 });
    out.push("mark", "mark", SECOND);
    await clock.advance(10_000);
    expect(frames).toEqual([]);
    reader.clear = true;
    await clock.advance(1_000);
    expect(frames).toEqual([["mark"]]);
  });

  test("an urgent value takes along what could have waited", async () => {
    const { clock, frames, outlet: out } = outlet();
    out.push("x", "x", SECOND);
    await clock.advance(0);
    out.push("slow", "slow", SECOND);
    out.push("urgent", "urgent", { gapMs: 100, expiresAt: Number.POSITIVE_INFINITY });
    await clock.advance(100);
    expect(frames).toEqual([["x"], ["slow", "urgent"]]);
    await clock.advance(5_000);
    expect(frames).toHaveLength(2);
  });

  test("many values leave over several frames", async () => {
    const { clock, frames, outlet: out } = outlet();
    for (let key = 0; key < 2_500; key++) out.push(`${key}`, `${key}`, SECOND);
    await clock.advance(3_000);
    expect(frames.map((frame) => frame.length)).toEqual([1_000, 1_000, 500]);
  });

  test("says nothing once closed", async () => {
    const { clock, frames, outlet: out } = outlet();
    out.push("a", "a", SECOND);
    out.close();
    await clock.advance(5_000);
    expect(frames).toEqual([]);
  });
});
