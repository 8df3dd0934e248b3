import { expect, test } from "bun:test";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import { CommandSchema, type ContentSchema } from "@parley/protocol";
import { commandDeed } from "./command-deed.ts";

const basis = { nameOf: (account: string) => account.toUpperCase(), textOf: (id: string) => `text of ${id}` };

function posted(text: string): string {
  const content: MessageInitShape<typeof ContentSchema> = { form: { case: "plain", value: { text } } };
  const deed = commandDeed(create(CommandSchema, { body: { case: "post", value: { content } } }), basis);
  return deed.kind === "message" ? deed.text : "";
}

test("[OUT6] texts are told in full up to a length, and cut between characters beyond it", () => {
  expect(posted("short")).toBe("short");
  expect(posted("x".repeat(200))).toBe("x".repeat(200));
  const cut = posted("👍".repeat(150));
  expect(cut).toBe(`${"👍".repeat(99)}…`);
});

test("[OUT6] people are told by name, and messages by what they say", () => {
  const added = create(CommandSchema, { body: { case: "addMembers", value: { accounts: ["ada", "bo"] } } });
  expect(commandDeed(added, basis)).toEqual({ kind: "add-members", names: ["ADA", "BO"] });
  const erased = create(CommandSchema, { body: { case: "delete", value: { target: "1" } } });
  expect(commandDeed(erased, basis)).toEqual({ kind: "delete", of: "text of 1" });
  expect(commandDeed(create(CommandSchema, {}), basis)).toEqual({ kind: "other" });
});
