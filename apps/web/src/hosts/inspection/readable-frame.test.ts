import { expect, test } from "bun:test";
import { create, type DescField, type DescMessage, fromJson, type JsonObject, toBinary } from "@bufbuild/protobuf";
import { ClientFrameSchema, CommandSchema, ServerFrameSchema } from "@parley/protocol";
import { readableFrame, redactedFrame } from "./readable-frame.ts";

const secret = "between us";
const id = "018f0000-0000-7000-8000-00000000000a";

test("a command inside a submission can be read", () => {
  const command = create(CommandSchema, { id, log: id, body: { case: "setTitle", value: { title: secret } } });
  const submissions = [
    { order: { link: { case: "first" as const, value: {} } }, command: toBinary(CommandSchema, command) },
  ];
  const frame = create(ClientFrameSchema, { frame: { case: "submit", value: { submissions } } });
  expect(readableFrame(ClientFrameSchema, frame)).toMatchObject({
    submit: { submissions: [{ command: { id, setTitle: { title: secret } } }] },
  });
  const redacted = redactedFrame(ClientFrameSchema, frame);
  expect(redacted).toMatchObject({
    submit: { submissions: [{ command: { id, setTitle: { title: "‹10 characters›" } } }] },
  });
  expect(JSON.stringify(redacted)).not.toContain(secret);
});

/** One JSON object for each string or bytes field below a schema, with the secret in it; references are left out. */
function* secretsIn(
  schema: DescMessage,
  path: readonly DescMessage[] = [],
): Generator<{ json: JsonObject; field: DescField }> {
  if (path.includes(schema)) return;
  for (const field of schema.fields) {
    const wrap = (value: JsonObject | string): JsonObject => ({
      [field.jsonName]: field.fieldKind === "list" ? [value] : value,
    });
    if (field.message !== undefined) {
      for (const inner of secretsIn(field.message, [...path, schema])) yield { ...inner, json: wrap(inner.json) };
    } else if (field.scalar === 9) yield { json: wrap(secret), field };
    else if (field.scalar === 12) yield { json: wrap(btoa(secret)), field };
  }
}

test("no string and no bytes of the schema survive but those that name a thing", () => {
  const surviving = new Set<string>();
  for (const schema of [ClientFrameSchema, ServerFrameSchema, CommandSchema]) {
    for (const { json, field } of secretsIn(schema)) {
      const text = JSON.stringify(redactedFrame(schema, fromJson(schema, json)));
      if (text.includes(secret) || text.includes(btoa(secret))) surviving.add(`${field.parent.name}.${field.name}`);
    }
  }
  const names = new Set([...surviving].map((name) => name.split(".")[1]));
  for (const name of ["text", "title", "display_name", "user_name", "name", "emoji", "reason", "sealed", "token"]) {
    expect(names).not.toContain(name);
  }
  expect([...names].sort()).toEqual([
    "account",
    "accounts",
    "after",
    "author",
    "by",
    "conversation",
    "created_by",
    "device",
    "id",
    "ids",
    "incarnation",
    "last",
    "log",
    "members",
    "mentions",
    "target",
  ]);
});
