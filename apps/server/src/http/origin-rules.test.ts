import { describe, expect, test } from "bun:test";
import { faultOfOrigin } from "./origin-rules.ts";

const open = { publicOrigin: undefined, machineNames: ["attic", "attic.local"] };
const proxied = { publicOrigin: "https://chat.example.org", machineNames: [] };

function fault(rules: typeof open | typeof proxied, host: string, origin?: string): string | undefined {
  return faultOfOrigin(rules, new Headers(origin === undefined ? { host } : { host, origin }));
}

describe("origin rules", () => {
  for (const host of ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "192.168.1.7", "attic:8080", "ATTIC.local"]) {
    test(`${host} is this server`, () => {
      expect(fault(open, host)).toBeUndefined();
      expect(fault(open, host, `http://${host.toLowerCase()}`)).toBeUndefined();
    });
  }

  for (const host of [
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "user@localhost",
    "localhost/x",
    "",
  ]) {
    test(`"${host}" is not this server`, () => {
      expect(fault(open, host)).toContain("does not answer to the name");
      expect(fault(open, host, `http://${host}`)).toContain("does not answer to the name");
    });
  }

  test("an Origin must be the Host, port and all", () => {
    expect(fault(open, "localhost:8080", "http://localhost:8081")).toContain("does not serve pages of");
    expect(fault(open, "localhost:8080", "http://127.0.0.1:8080")).toContain("does not serve pages of");
    expect(fault(open, "localhost:8080", "null")).toContain("does not serve pages of");
    expect(fault(open, "localhost:8080", "https://evil.example")).toContain("does not serve pages of");
  });

  test("a default port may be left out", () => {
    expect(fault(open, "localhost", "http://localhost:80")).toBeUndefined();
    expect(fault(open, "attic:443", "https://attic")).toBeUndefined();
  });

  test("behind a proxy the Origin must be the public one, whatever the Host", () => {
    expect(fault(proxied, "10.0.0.5:8080", "https://chat.example.org")).toBeUndefined();
    expect(fault(proxied, "chat.example.org")).toBeUndefined();
    expect(fault(proxied, "10.0.0.5:8080", "http://10.0.0.5:8080")).toContain("does not serve pages of");
  });
});
