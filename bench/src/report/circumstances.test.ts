import { expect, test } from "bun:test";
import { fileSystemOf } from "./circumstances.ts";

const mounts = ["/dev/vda / ext4 rw 0 0", "tmpfs /tmp tmpfs rw 0 0", "/dev/vdb /tmp/deep xfs rw 0 0", ""].join("\n");

test("a folder lies in the file system of the nearest mount point above it", () => {
  expect(fileSystemOf("/srv/parley", mounts)).toBe("ext4");
  expect(fileSystemOf("/tmp", mounts)).toBe("tmpfs");
  expect(fileSystemOf("/tmp/deep/folder", mounts)).toBe("xfs");
  expect(fileSystemOf("/tmporary", mounts)).toBe("ext4");
  expect(fileSystemOf("/", "")).toBe("unknown");
});
