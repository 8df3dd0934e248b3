import { expect, test } from "bun:test";
import { AccountService, CommandSchema, ConversationService, RequestSchema } from "@parley/protocol";
import { commandRows } from "./command-rows.ts";
import { methodRows } from "./method-rows.ts";
import { questionRows } from "./question-rows.ts";

test("every command of the schema has a row that says who may", () => {
  const bodies = CommandSchema.oneofs.find(({ name }) => name === "body")?.fields ?? [];
  expect(Object.keys(commandRows).sort()).toEqual(bodies.map(({ localName }) => localName).sort());
  expect(Object.values(commandRows).filter((uses) => uses.length === 0)).toEqual([]);
});

test("every question of the schema has a row that says who is answered", () => {
  const questions = RequestSchema.oneofs.find(({ name }) => name === "question")?.fields ?? [];
  expect(Object.keys(questionRows).sort()).toEqual(questions.map(({ localName }) => localName).sort());
});

test("every method of the schema has a row that says who may call it", () => {
  const methods = [AccountService, ConversationService].flatMap(({ name, methods: all }) =>
    all.map(({ localName }) => `${name}.${localName}`),
  );
  expect(Object.keys(methodRows).sort()).toEqual(methods.sort());
});
