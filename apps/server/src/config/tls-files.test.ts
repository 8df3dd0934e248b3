import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { selfSigned } from "@parley/rig";
import { readTlsIdentity } from "./tls-files.ts";

const folder = mkdtempSync(join(tmpdir(), "parley-tls-"));
const mine = selfSigned("parley.lan");

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const certificate = file("cert.pem", mine.cert);
const key = file("key.pem", mine.key);

afterAll(() => rmSync(folder, { recursive: true }));

test("a certificate and its key are read, with the chain behind the certificate", () => {
  expect(readTlsIdentity({ certificate, key })).toEqual(mine);
  const chained = mine.cert + selfSigned("authority").cert;
  expect(readTlsIdentity({ certificate: file("chain.pem", chained), key }).cert).toBe(chained);
});

test.each([
  ["a file that is not there", { certificate: join(folder, "none.pem"), key }, "none.pem cannot be read."],
  ["a key in place of a certificate", { certificate: key, key }, "key.pem is not a certificate in PEM."],
  ["a certificate in place of a key", { certificate, key: certificate }, "is not an unencrypted key in PEM."],
  [
    "another certificate's key",
    { certificate, key: file("other.pem", selfSigned("parley.lan").key) },
    "is not the key of the certificate",
  ],
])("%s is refused in one sentence", (_, files, problem) => {
  expect(() => readTlsIdentity(files)).toThrow(problem);
});
