import { expect, test } from "bun:test";
import { forbiddenPackage, workspaceOf } from "./layers.ts";

test("a package may import what lies below it", () => {
  expect(forbiddenPackage("packages/client", "@parley/log")).toBeUndefined();
  expect(forbiddenPackage("apps/server", "@parley/protocol")).toBeUndefined();
});

test("a package may not import what lies above or beside it", () => {
  expect(forbiddenPackage("packages/log", "@parley/client")).toBe("packages/log may not depend on client");
  expect(forbiddenPackage("apps/server", "@parley/client")).toBe("apps/server may not depend on client");
  expect(forbiddenPackage("apps/server", "@parley/client/inside.ts")).toBe("apps/server may not depend on client");
});

test("packages of others are none of its business", () => {
  expect(forbiddenPackage("packages/log", "@bufbuild/protobuf")).toBeUndefined();
});

test("a workspace is told from those whose names begin alike", () => {
  expect(workspaceOf("packages/client-store/src/index.ts")).toBe("packages/client-store");
  expect(workspaceOf("packages/client/src/index.ts")).toBe("packages/client");
  expect(workspaceOf("README.md")).toBeUndefined();
});
