import { expect, test } from "bun:test";
import { hashOfSecret, isSameHash, readInviteCode, writeInviteCode } from "./invite-code.ts";

const conversation = "01936d30-4000-7abc-8def-101112131415";
const secret = Uint8Array.from({ length: 16 }, (_, index) => index * 17);

test("a code says which group and with which secret, in characters that an address can hold", () => {
  const code = writeInviteCode({ conversation, secret });
  expect(code).toBe("AZNtMEAAeryN7xAREhMUFQARIjNEVWZ3iJmqu8zd7v8");
  expect(readInviteCode(code)).toEqual({ conversation, secret });
});

test("what is no code, or not all of one, is told from one", () => {
  const code = writeInviteCode({ conversation, secret });
  const spelledOtherwise = `${code.slice(0, -1)}9`;
  const notAnId = `A${"A".repeat(42)}`;
  for (const broken of [
    "",
    code.slice(1),
    `${code}A`,
    code.replace("A", "/"),
    spelledOtherwise,
    notAnId,
    "/".repeat(43),
  ]) {
    expect([broken, readInviteCode(broken)]).toEqual([broken, undefined]);
  }
});

test("the hash of a secret is SHA-256, and hashes are compared byte by byte", () => {
  const hash = hashOfSecret(new Uint8Array(16));
  expect(hash.toHex()).toBe("374708fff7719dd5979ec875d56cd2286f6d3cf7ec317a3b25632aab28ec37bb");
  expect(isSameHash(hash, Uint8Array.from(hash))).toBe(true);
  expect(isSameHash(hash, hashOfSecret(secret))).toBe(false);
  expect(isSameHash(hash, hash.slice(1))).toBe(false);
});
