import { expect, test } from "bun:test";
import type { TabMessage } from "../protocol/messages.ts";
import { PortCalls } from "./port-calls.ts";

const gone = { name: "EngineError", message: "No such rejected command on this device.", code: "not-found" } as const;

/** Calls whose answers the test gives. */
function calling() {
  const calls = new PortCalls();
  const sent: TabMessage[] = [];
  const send = (message: TabMessage) => void sent.push(message);
  const make = (method: "retry" | "discard") =>
    calls.make({ kind: "call", what: { method, args: ["some id"] } }, send).catch(String);
  const leave = () =>
    calls.make({ kind: "call", what: { method: "leave", args: ["some id", "a conversation"] } }, send).catch(String);
  return { calls, sent, send, make, leave };
}

test.each(["retry", "discard"] as const)(
  "a %s that was asked twice and finds nothing the second time was done the first time",
  async (method) => {
    const { calls, sent, send, make } = calling();
    const made = make(method);
    calls.resend(send);
    expect(sent).toHaveLength(2);
    calls.settle({ call: 1, ok: false, error: gone });
    expect(await made).toBe("some id");
  },
);

test("what finds nothing the first time has failed, and so has another call the second time, or with another error", async () => {
  const { calls, send, make, leave } = calling();
  const once = make("retry");
  calls.settle({ call: 1, ok: false, error: gone });
  expect(await once).toContain("No such rejected command");
  const other = leave();
  const full = make("retry");
  calls.resend(send);
  calls.settle({ call: 2, ok: false, error: gone });
  calls.settle({ call: 3, ok: false, error: { name: "StoreError", message: "The disk is full." } });
  expect(await other).toContain("No such rejected command");
  expect(await full).toContain("full");
});
