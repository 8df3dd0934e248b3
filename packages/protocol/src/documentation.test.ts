import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { type DescEnum, type DescFile, type DescMessage, fromBinary, fromJsonString, toJson } from "@bufbuild/protobuf";
import { closeCodeOf } from "./close-codes.ts";
import { type Command, CommandSchema, file_parley_v1_command } from "./gen/parley/v1/command_pb.ts";
import { file_parley_v1_conversation } from "./gen/parley/v1/conversation_pb.ts";
import { file_parley_v1_event } from "./gen/parley/v1/event_pb.ts";
import {
  type ClientFrame,
  ClientFrameSchema,
  file_parley_v1_frame,
  ProblemCodeSchema,
  ServerFrameSchema,
} from "./gen/parley/v1/frame_pb.ts";
import { AccountService, ConversationService, file_parley_v1_service } from "./gen/parley/v1/service_pb.ts";
import { limits } from "./limits.ts";

const page = readFileSync(`${import.meta.dir}/../../../docs/protocol.md`, "utf8");
const files: readonly DescFile[] = [
  file_parley_v1_command,
  file_parley_v1_conversation,
  file_parley_v1_event,
  file_parley_v1_frame,
  file_parley_v1_service,
];
const messages: readonly DescMessage[] = files.flatMap((file) => [...file.messages]);
const enums: readonly DescEnum[] = files.flatMap((file) => [...file.enums]);

/** An entry is a heading, a bold name, or the first cell of a row. */
function hasEntry(name: string): boolean {
  return new RegExp(`^(#+ \`${name}\`|\\| \`${name}\` \\|)|\\*\\*\`${name}\`\\*\\*`, "m").test(page);
}

/** Examples are code blocks marked `json device`, `json server` or `json command`. */
function examples(kind: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`json ${kind}\n(.*?)^\`\`\``, "gms"))].map((match) => match[1] ?? "");
}

function valueNames(schema: DescEnum): string[] {
  const prefix = schema.sharedPrefix?.toUpperCase() ?? "";
  return schema.values.filter((value) => value.number !== 0).map((value) => value.name.slice(prefix.length));
}

describe("docs/protocol.md describes", () => {
  test.each(messages.map((message) => message.name))("the message %s", (name) => {
    expect(hasEntry(name)).toBe(true);
  });

  test.each(enums.map((each) => [each.name, each] as const))("the enum %s and each of its values", (name, schema) => {
    expect(hasEntry(name)).toBe(true);
    expect(valueNames(schema).filter((value) => !new RegExp(`[|·] (\`${value}\`|${value} \\|)`).test(page))).toEqual(
      [],
    );
  });

  test.each(
    [AccountService, ConversationService].flatMap((service) =>
      service.methods.map((method) => [service.name, method.name]),
    ),
  )("the method %s.%s", (service, method) => {
    const section = page.split(`### \`${service}\``)[1]?.split("\n### ")[0];
    expect(section?.includes(`| \`${method}\` |`)).toBe(true);
  });

  test.each(Object.entries(limits))("the limit %s", (name, value) => {
    expect(page.includes(`| ${value.toLocaleString("en-GB")} | \`${name}\` |`)).toBe(true);
  });

  test.each(ProblemCodeSchema.values.slice(1).map((value) => [value.name, value.number]))(
    "the close code of %s",
    (name, code) => {
      expect(page.includes(`| ${String(name).replace("PROBLEM_CODE_", "")} | ${closeCodeOf(Number(code))} |`)).toBe(
        true,
      );
    },
  );
});

describe("the examples of docs/protocol.md", () => {
  const fromDevice: ClientFrame[] = examples("device").map((text) => fromJsonString(ClientFrameSchema, text));
  const commands: Command[] = examples("command").map((text) => fromJsonString(CommandSchema, text));

  test("are frames and commands of the schema, without a field that it does not know", () => {
    expect(fromDevice.length).toBeGreaterThan(5);
    expect(examples("server").map((text) => fromJsonString(ServerFrameSchema, text)).length).toBeGreaterThan(5);
  });

  test("show every command", () => {
    const shown = new Set(commands.map((command) => command.body.case));
    const body = CommandSchema.oneofs[0]?.fields.map((field) => field.localName) ?? [];
    expect(body.filter((name) => ![...shown].some((each) => each === name))).toEqual([]);
  });

  test("give every command an id of its own", () => {
    const written = new Set(commands.map((command) => JSON.stringify(toJson(CommandSchema, command))));
    expect(new Set(commands.map(({ id }) => id)).size).toBe(written.size);
  });

  test("submit commands that decode, first those that are shown", () => {
    const submitted = fromDevice.flatMap(({ frame }) => (frame.case === "submit" ? frame.value.submissions : []));
    const decoded = submitted.map(({ command }) => toJson(CommandSchema, fromBinary(CommandSchema, command)));
    expect(decoded.slice(0, 2)).toEqual(commands.slice(0, 2).map((command) => toJson(CommandSchema, command)));
    expect(decoded.length).toBe(3);
  });
});
