import { describe, expect, test } from "bun:test";
import { ManualClock } from "../../testing/manual-clock.ts";
import type { EngineSideMessage, TabMessage } from "../protocol/messages.ts";
import { AttendedLine, PONG_WITHIN_MS } from "./attended-line.ts";

function attend() {
  const clock = new ManualClock();
  const posted: TabMessage["kind"][] = [];
  const heard: EngineSideMessage["kind"][] = [];
  let frozen = 0;
  let say: (message: EngineSideMessage) => void = () => undefined;
  const line = new AttendedLine(
    {
      post: ({ kind }) => void posted.push(kind),
      listen: (listener) => {
        say = listener;
      },
      close: () => undefined,
    },
    clock,
    () => {
      frozen += 1;
    },
  );
  line.listen(({ kind }) => void heard.push(kind));
  return { clock, line, posted, heard, say: (message: EngineSideMessage) => say(message), frozen: () => frozen };
}

describe("a line whose other side may be frozen", () => {
  test("[HST3] a question that stays without an answer tells, any word is an answer, and one question is asked at a time", () => {
    const { clock, line, posted, heard, say, frozen } = attend();
    line.ask();
    line.ask();
    expect(posted).toEqual(["ping"]);
    say({ kind: "turn" });
    clock.advance(10 * PONG_WITHIN_MS);
    expect([frozen(), heard]).toEqual([0, ["turn"]]);
    line.ask();
    clock.advance(PONG_WITHIN_MS);
    expect(frozen()).toBe(1);
  });

  test("[HST3] it asks by itself when something is said after a silence, and never while nothing is said", () => {
    const { clock, line, posted, say, frozen } = attend();
    line.post({ kind: "woke" });
    clock.advance(100 * PONG_WITHIN_MS);
    expect([posted, frozen()]).toEqual([["woke"], 0]);
    line.post({ kind: "woke" });
    expect(posted).toEqual(["woke", "woke", "ping"]);
    say({ kind: "pong" });
    line.post({ kind: "woke" });
    expect(posted.at(-1)).toBe("woke");
    clock.advance(2 * PONG_WITHIN_MS);
    expect(frozen()).toBe(0);
  });

  test("a line that is closed tells nothing", () => {
    const { clock, line, frozen } = attend();
    line.ask();
    line.close();
    clock.advance(2 * PONG_WITHIN_MS);
    expect(frozen()).toBe(0);
  });
});
