import { expect, test } from "bun:test";
import { en } from "../texts/en.ts";
import { pseudoTexts } from "./pseudo-texts.ts";

test("what is in the catalogue is marked and longer, what is put into it is not", () => {
  const pseudo = pseudoTexts(en);
  expect(pseudo.common.save).toBe(`${marked("Save")}~~`);
  expect(pseudo.newConversation.remove("Ana Save")).toBe(`${marked("Remove")} Ana Save~~`);
  expect(pseudo.outbox.deeds.delete("")).toBe(`${marked("Delete a message")}~~~~~`);
  expect(pseudo.system.added("Bo", ["Ana", "Cem"])).toBe(`Bo ${marked("added")} Ana ${marked("and")} Cem~~~`);
});

function marked(text: string): string {
  return text.replaceAll(/\w/gu, "$&\u0301");
}
