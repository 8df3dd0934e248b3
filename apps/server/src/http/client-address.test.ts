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

  test("is the network of 64 bits where it is IPv6, of which anybody has all addresses", () => {
    const network = clientAddress("2001:db8:1:2::5", null, false);
    expect(network).toBe("2001:db8:1:2::/64");
    expect(clientAddress("2001:0db8:0001:0002:ffff:eeee:dddd:cccc", null, false)).toBe(network);
    expect(clientAddress("::1", "2001:db8:1:2::6", true)).toBe(network);
    expect(clientAddress("2001:db8:1:3::5", null, false)).not.toBe(network);
    expect(clientAddress("2001:db8::5", null, false)).toBe("2001:db8:0:0::/64");
    expect(clientAddress("::1", null, false)).toBe("0:0:0:0::/64");
  });

  test("is one IPv4 address, however it is written", () => {
    expect(clientAddress("203.0.113.9", null, false)).toBe("203.0.113.9");
    expect(clientAddress("::ffff:203.0.113.9", null, false)).not.toBe(clientAddress("::ffff:203.0.113.8", null, false));
  });

  test("cannot be made up from outside", () => {
    expect(clientAddress("203.0.113.50", "10.0.0.1", true)).toBe("203.0.113.50");
  });
});
