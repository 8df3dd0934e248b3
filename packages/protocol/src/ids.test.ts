import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { formatUuid, uuidV7, uuidVersion } from "./ids.ts";

const tenBytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe("uuidV7", () => {
  test("writes time, version, variant and randomness where RFC 9562 puts them", () => {
    // The example of appendix A.6.
    const random = Uint8Array.of(0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f);
    expect(uuidV7(0x017f22e279b0, random)).toBe("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  });

  test("is canonical and of version 7 for every time and randomness", () => {
    fc.assert(fc.property(time, tenBytes, (now, random) => uuidVersion(uuidV7(now, random)) === 7));
  });

  test("sorts by time", () => {
    fc.assert(
      fc.property(time, time, tenBytes, tenBytes, (one, other, random, more) => {
        fc.pre(one < other);
        return uuidV7(one, random) < uuidV7(other, more);
      }),
    );
  });

  test("takes whole milliseconds of a clock that tells fractions", () => {
    const random = new Uint8Array(10);
    expect(uuidV7(1_700_000_000_000.9, random)).toBe(uuidV7(1_700_000_000_000, random));
  });
});

describe("uuidVersion", () => {
  test.each([
    ["", "nothing"],
    ["017F22E2-79B0-7CC3-98C4-DC0C0C07398F", "upper case"],
    ["017f22e279b07cc398c4dc0c0c07398f", "no hyphens"],
    ["017f22e2-79b0-7cc3-18c4-dc0c0c07398f", "another variant"],
    [" 017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "a blank before"],
    ["017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n", "a line end behind"],
    ["017f22e2-79b0-7cc3-98c4-dc0c0c07398", "too short"],
  ])("%p is none: %s", (text) => {
    expect(uuidVersion(text)).toBeUndefined();
  });

  test("reads the version that formatUuid wrote", () => {
    const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(
        bytes,
        fc.integer({ min: 1, max: 8 }),
        (id, version) => uuidVersion(formatUuid(id, version)) === version,
      ),
    );
  });
});
