import { describe, expect, test } from "bun:test";
import { closeCodeOf, problemOfCloseCode } from "./close-codes.ts";
import { ProblemCode, ProblemCodeSchema } from "./gen/parley/v1/frame_pb.ts";

describe("close codes", () => {
  test("are 4000 and the number of the problem, and back", () => {
    expect(closeCodeOf(ProblemCode.SUPERSEDED)).toBe(4006);
    for (const { number } of ProblemCodeSchema.values.slice(1))
      expect(problemOfCloseCode(closeCodeOf(number))).toBe(number);
  });

  test("codes of the WebSocket protocol and unknown ones stand for no problem", () => {
    for (const code of [1000, 1001, 1006, 3000, 4000, 4999]) expect(problemOfCloseCode(code)).toBeUndefined();
  });
});
