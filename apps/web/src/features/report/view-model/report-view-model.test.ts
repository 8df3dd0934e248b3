import { expect, test } from "bun:test";
import type { AccountView, ConnectionView, ReportDraft } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { en } from "../../../texts/en.ts";
import { ReportViewModel } from "./report-view-model.ts";

function open(report: (draft: ReportDraft) => Promise<void>, connection: ConnectionView = { kind: "online" }) {
  const said: string[] = [];
  const model = new ReportViewModel({
    engine: {
      report: (_, draft) => report(draft),
      block: async (_, account, blocked) => void said.push(`${account} ${blocked}`),
      connection: new ObservedValue<ConnectionView>(connection),
      account: new ObservedValue<AccountView>({ account: "me", userName: "me", displayName: "Me" }),
    },
    conversation: "conversation-1",
    message: "message-1",
    author: { account: "ben", name: "Ben" },
    texts: en,
    notices: { show: (text) => said.push(text) },
    newId: () => "id",
    done: () => said.push("done"),
  });
  return { model, said };
}

test("tells what was chosen, and says that it is on its way", async () => {
  const drafts: ReportDraft[] = [];
  const { model, said } = open(async (draft) => void drafts.push(draft));
  model.setReason("harassment");
  model.setNote("  again  ");
  model.setContext(true);
  await Promise.all([model.send(), model.send()]);
  const shared = { conversation: "conversation-1", messages: ["message-1"], withContext: true };
  expect(drafts).toEqual([{ ...shared, reason: "harassment", note: "again" }]);
  expect(said).toEqual([en.report.sent, "done"]);
});

test("who wrote it can be blocked with it", async () => {
  const { model, said } = open(async () => undefined);
  expect(model.blockLabel).toBe("Block Ben, too");
  model.setBlocks(true);
  await model.send();
  expect(said).toEqual(["ben true", en.report.sent, "done"]);
});

test("[RPT3] without a network it says that the report waits", async () => {
  const { model, said } = open(async () => undefined, { kind: "offline" });
  await model.send();
  expect(said).toEqual([en.report.waits, "done"]);
});

test("what could not be kept is said, and can be tried again", async () => {
  const { model, said } = open(() => Promise.reject(new Error("full")));
  await model.send();
  expect(said).toEqual([en.conversation.actionFailed]);
  expect(model.get().sending).toBe(false);
});

test("says who gets what, and for how long", () => {
  const { model } = open(async () => undefined);
  expect(model.explanations.join(" ")).toMatch(/Ben is not told .* 90 days/);
  expect(model.contextLabel).toContain("up to 5 before");
});
