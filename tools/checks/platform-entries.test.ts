import { expect, test } from "bun:test";
import { missingPlatformEntries } from "../complete-lockfile.mjs";

function lockfile(optionalDependencies: Record<string, string>, others: Record<string, unknown> = {}) {
  return { packages: { "node_modules/tool": { version: "1.2.3", dev: true, optionalDependencies }, ...others } };
}

test("binaries that the lockfile lacks get an entry that says where they run", () => {
  const missing = missingPlatformEntries(
    lockfile({
      "@tool/darwin-arm64": "1.2.3",
      "@tool/win32-x64": "1.2.3",
      "@tool/linux-x64-musl": "1.2.3",
      "@tool/linux-arm64-gnu": "1.2.3",
    }),
  );
  expect(Object.fromEntries(missing)).toEqual({
    "node_modules/@tool/darwin-arm64": { version: "1.2.3", cpu: ["arm64"], os: ["darwin"], dev: true, optional: true },
    "node_modules/@tool/win32-x64": { version: "1.2.3", cpu: ["x64"], os: ["win32"], dev: true, optional: true },
    "node_modules/@tool/linux-x64-musl": {
      version: "1.2.3",
      cpu: ["x64"],
      libc: ["musl"],
      os: ["linux"],
      dev: true,
      optional: true,
    },
    "node_modules/@tool/linux-arm64-gnu": {
      version: "1.2.3",
      cpu: ["arm64"],
      libc: ["glibc"],
      os: ["linux"],
      dev: true,
      optional: true,
    },
  });
});

test("entries that are there, and dependencies that are no binaries, are left alone", () => {
  const there = { "node_modules/@tool/linux-x64": { version: "1.2.3" } };
  expect(
    missingPlatformEntries(
      lockfile({ "@tool/linux-x64": "1.2.3", colours: "1.0.0", "@tool/aix-ppc64": "^1.2.0" }, there),
    ).size,
  ).toBe(0);
});
