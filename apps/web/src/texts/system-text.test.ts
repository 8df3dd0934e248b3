import { expect, test } from "bun:test";
import type { SystemDeed } from "@parley/client";
import { en } from "./en.ts";
import { systemText } from "./system-text.ts";

type RoleSet = Extract<SystemDeed, { kind: "role-set" }>;

function says(what: Omit<RoleSet, "kind">, mine = false): string {
  return systemText({ kind: "role-set", ...what }, mine, "Ana Ruiz", en);
}

test("a role that somebody got is told to each in their words", () => {
  expect(says({ role: "admin", of: "other", name: "Bo Lind" })).toBe("Ana Ruiz made Bo Lind an admin");
  expect(says({ role: "owner", of: "viewer", name: "Me" })).toBe("Ana Ruiz made you an owner");
  expect(says({ role: "member", of: "actor", name: "Ana Ruiz" })).toBe(
    "Ana Ruiz stepped down and is an ordinary member now",
  );
  expect(says({ role: "member", of: "other", name: "Bo Lind" }, true)).toBe("You made Bo Lind an ordinary member");
  expect(says({ role: "admin", of: "actor", name: "Ana Ruiz" }, true)).toBe("You stepped down and are an admin now");
  expect(says({ role: "admin", of: "other", name: "" })).toBe("Ana Ruiz made Somebody an admin");
});

test("a new description is told without its words", () => {
  expect(systemText({ kind: "description-set", empty: false }, false, "Bo Lind", en)).toBe(
    "Bo Lind changed the description",
  );
  expect(systemText({ kind: "description-set", empty: true }, true, "", en)).toBe("You removed the description");
});

test("a picture is told as changed, and one that is gone as removed", () => {
  const [set, removed] = [false, true].map((empty) => ({ kind: "picture-set", empty }) as const);
  if (set === undefined || removed === undefined) throw new Error("unreachable");
  expect(systemText(set, false, "Ana Ruiz", en)).toBe("Ana Ruiz changed the picture of the group");
  expect(systemText(removed, false, "Ana Ruiz", en)).toBe("Ana Ruiz removed the picture of the group");
  expect(systemText(set, true, "", en)).toBe("You changed the picture of the group");
  expect(systemText(removed, true, "", en)).toBe("You removed the picture of the group");
});
