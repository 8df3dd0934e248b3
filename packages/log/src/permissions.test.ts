import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { ConversationKind, Role } from "@parley/protocol";
import { isGranted, type Rights, rightsIn } from "./permissions.ts";

const page = readFileSync(`${import.meta.dir}/../../../docs/protocol.md`, "utf8");
const { OWNER, ADMIN, MEMBER } = Role;
const { GROUP, DIRECT, NOTES, THREAD } = ConversationKind;

const words: Readonly<Record<number, string>> = { [OWNER]: "owners", [ADMIN]: "admins", [MEMBER]: "members" };

function cell(right: Rights[keyof Rights]): string {
  if (typeof right === "boolean") return right ? "yes" : "no";
  return right.length === 0 ? "no" : right.map((role) => words[role]).join(", ");
}

function rowsOf(roles: readonly Role[]): [string, string][] {
  const rights = roles.map((role) => Object.entries(rightsIn(GROUP, role)));
  return (rights[0] ?? []).map(([name], index) => {
    const cells = rights.map((each) => cell(each[index]?.[1]));
    return [name, `| \`${name}\` | ${cells.join(" | ")} |`];
  });
}

describe("who may do what in a group", () => {
  test.each(rowsOf([OWNER, ADMIN, MEMBER]))("docs/protocol.md says it of %s", (_name, row) => {
    expect(page).toContain(row);
  });

  test("docs/protocol.md has no other rows", () => {
    const table = /\| right \| owner \| admin \| member \|\n\|[-|]+\|\n((?:\|.*\|.*\n)*)/.exec(page)?.[1];
    expect(table?.trim().split("\n").length).toBe(rowsOf([OWNER]).length);
  });

  test("nobody is without an owner's rights who has an admin's, nor an admin's who has a member's", () => {
    for (const [above, below] of [
      [OWNER, ADMIN],
      [ADMIN, MEMBER],
    ] as const) {
      const more = Object.entries(rightsIn(GROUP, above));
      for (const [index, [name, right]] of Object.entries(rightsIn(GROUP, below)).entries()) {
        const other = more[index]?.[1];
        if (typeof right === "boolean") expect([name, other === true || !right]).toEqual([name, true]);
        else expect(other).toEqual(expect.arrayContaining([...right]));
      }
    }
  });

  test("only groups are changed by their members, but for what is pinned, and for when messages disappear", () => {
    for (const kind of [DIRECT, NOTES, THREAD]) {
      const granted = Object.entries(rightsIn(kind, OWNER)).filter(([, right]) => isGranted(right));
      const timer = kind === THREAD ? [] : [["setTimer", true]];
      expect(granted).toEqual([...timer, ["pinMessages", true]] as typeof granted);
    }
    expect(Object.values(rightsIn(GROUP, Role.UNSPECIFIED)).some(isGranted)).toBe(false);
  });
});
