import { expect, test } from "bun:test";
import { isBehindProxy } from "./behind-proxy.ts";

test("a proxy is believed to be there where the public address is a secure one, unless browsers come by this server's own certificate", () => {
  const publicOrigin = "https://chat.example.org:8080";
  const tls = { certificate: "/etc/parley/cert.pem", key: "/etc/parley/key.pem" };
  expect(isBehindProxy({ publicOrigin, tls: undefined })).toBe(true);
  expect(isBehindProxy({ publicOrigin, tls })).toBe(false);
  expect(isBehindProxy({ publicOrigin: "http://chat.local:8080", tls: undefined })).toBe(false);
  expect(isBehindProxy({ publicOrigin: undefined, tls })).toBe(false);
  expect(isBehindProxy({ publicOrigin: undefined, tls: undefined })).toBe(false);
});
