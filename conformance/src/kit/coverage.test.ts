import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { ConversationKind, ProblemCode, ProblemSchema, Role, ServerFrameSchema } from "@parley/protocol";
import { Coverage, requiredParts } from "./coverage.ts";
import { roots } from "./schema.ts";

const reset = create(ServerFrameSchema, {
  frame: {
    case: "reset",
    value: { state: { kind: ConversationKind.GROUP, members: [{ role: Role.OWNER }, { role: Role.MEMBER }] } },
  },
});

describe("coverage", () => {
  test("counts messages, cases of oneofs and values of enums, inside lists as well", () => {
    const coverage = new Coverage();
    coverage.message("received", "json", ServerFrameSchema, reset);
    const seen = requiredParts(roots).filter((part) => coverage.has("json", part));
    expect(new Set(seen)).toEqual(
      new Set([
        "received ServerFrame",
        "received ServerFrame.frame=reset",
        "received Reset",
        "received Conversation",
        "received ConversationKind=GROUP",
        "received Member",
        "received Role=OWNER",
        "received Role=MEMBER",
      ]),
    );
  });

  test("counts each encoding and each direction for itself", () => {
    const coverage = new Coverage();
    coverage.message("received", "json", ServerFrameSchema, reset);
    expect(coverage.has("proto", "received Reset")).toBe(false);
    expect(coverage.has("json", "sent Reset")).toBe(false);
  });

  test("counts what goes over links by transport, too, in whichever encoding, and what goes over none not", () => {
    const coverage = new Coverage();
    coverage.over("polling").message("received", "json", ServerFrameSchema, reset);
    coverage.over("polling").closed("proto", 4000 + ProblemCode.FLOODING);
    coverage.message("received", "json", ProblemSchema, create(ProblemSchema));
    expect(coverage.hasOver("polling", "received Role=OWNER")).toBe(true);
    expect(coverage.hasOver("polling", "close code FLOODING")).toBe(true);
    expect(coverage.has("json", "received Role=OWNER")).toBe(true);
    expect(coverage.hasOver("WebSocket", "received Role=OWNER")).toBe(false);
    expect(coverage.hasOver("polling", "received Problem")).toBe(false);
  });

  test("requires what can travel, each way, every method and every close code", () => {
    const required = requiredParts(roots);
    expect(required).toContain("sent Command.body=set_title");
    expect(required).toContain("received RejectionCode=MEMBERS_FULL");
    expect(required).toContain("method ConversationService.GetPage");
    expect(required).toContain("close code SILENT");
    expect(required).not.toContain("sent Welcome");
    expect(required.some((part) => part.includes("UNSPECIFIED"))).toBe(false);
    expect(new Set(required).size).toBe(required.length);
  });

  test("knows close codes by their problem", () => {
    const coverage = new Coverage();
    coverage.closed("proto", 4000 + ProblemCode.FLOODING);
    coverage.closed("proto", 1006);
    expect(requiredParts(roots).filter((part) => coverage.has("proto", part))).toEqual(["close code FLOODING"]);
  });
});
