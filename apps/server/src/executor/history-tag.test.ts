import { describe, expect, test } from "bun:test";
import { historyTag } from "./history-tag.ts";

const steps = [
  { id: "01890000-0000-7000-8000-00000000000a", receivedAt: 1_000 },
  { id: "01890000-0000-7000-8000-00000000000b", receivedAt: 2_000 },
  { id: "01890000-0000-7000-8000-00000000000c", receivedAt: 3_000 },
] as const;

function tagAfter(history: readonly { readonly id: string; readonly receivedAt: number }[]): number {
  return history.reduce((tag, { id, receivedAt }) => historyTag(tag, id, receivedAt), 0);
}

describe("history tags", () => {
  test("[SYN3] the same event at the same place after another past has another tag", () => {
    const [first, second, third] = steps;
    expect(tagAfter([first, second, third])).not.toBe(tagAfter([second, first, third]));
    expect(tagAfter([first, third])).not.toBe(tagAfter([second, third]));
  });

  test("[SYN3] the same command carried out at another time has another tag", () => {
    const [first, second] = steps;
    expect(tagAfter([first, { ...second, receivedAt: 2_001 }])).not.toBe(tagAfter([first, second]));
  });

  test("equal histories have equal tags, unsigned 32-bit numbers", () => {
    const tag = tagAfter(steps);
    expect(tagAfter([...steps])).toBe(tag);
    expect(Number.isInteger(tag) && tag >= 0 && tag <= 0xffff_ffff).toBe(true);
  });
});
