import { describe, expect, test } from "bun:test";
import { clientAddress } from "./client-address.ts";

describe("client address", () => {
  test("is the peer's where no proxy is said to be", () => {
    expect(clientAddress("127.0.0.1", "203.0.113.9", false)).toBe("127.0.0.1");
  });

  test("is what the nearest proxy says, if it is of this network", () => {
    expect(clientAddress("127.0.0.1", "198.51.100.1, 203.0.113.9", true)).toBe("203.0.113.9");
    expect(clientAddress("::1", "203.0.113.9", true)).toBe("203.0.113.9");
    expect(clientAddress("172.20.0.3", "203.0.113.9", true)).toBe("203.0.113.9");
    expect(clientAddress("127.0.0.1", null, true)).toBe("127.0.0.1");
  });

  test("cannot be made up from outside", () => {
    expect(clientAddress("203.0.113.50", "10.0.0.1", true)).toBe("203.0.113.50");
  });
});
