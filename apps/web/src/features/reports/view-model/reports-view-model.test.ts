import { expect, test } from "bun:test";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { en } from "../../../texts/en.ts";
import { TimeFormat } from "../../../texts/time-format.ts";
import type { OpenReport } from "./open-report.ts";
import { ReportsViewModel } from "./reports-view-model.ts";

const format = new TimeFormat(en, "en-GB", () => "UTC");

const report: OpenReport = {
  id: "report-1",
  reporter: "ana",
  reporterName: "Ana",
  title: "",
  at: 0,
  keptUntil: 0,
  reason: "illegal",
  note: "",
  messages: [
    { id: "a", authorName: "", at: 0, text: undefined, reported: true },
    { id: "b", authorName: "Ben", at: 0, text: "hello", reported: false },
  ],
};

function open(reports: () => Promise<readonly OpenReport[]>) {
  const closed: string[] = [];
  const model = new ReportsViewModel({
    desk: { reports, closeReport: async ({ reporter, id }) => void closed.push(`${reporter} ${id}`) },
    clock: new ManualClock(),
    texts: en,
    format,
    notices: {
      show: () => undefined,
      attempt: async (action) => {
        await action;
        return true;
      },
    },
  });
  return { model, closed };
}

test("says who reported what and why, and what of it has no text", async () => {
  const { model } = open(async () => [report]);
  await model.load();
  const [first] = model.get().reports;
  expect(first?.title).toBe(en.reports.by(en.report.reasons.illegal, "Ana"));
  expect(first?.place).toStartWith("In a direct conversation");
  expect(first?.messages.map(({ author, text, quiet }) => [author, text, quiet])).toEqual([
    [en.common.unknownPerson, en.reports.noText, true],
    ["Ben", "hello", false],
  ]);
});

test("what is closed is asked for no more, and what cannot be had can be asked for again", async () => {
  const answers: (readonly OpenReport[])[] = [[report], [report], []];
  const { model, closed } = open(async () => {
    const answer = answers.shift();
    if (answer === undefined) throw new Error("unreachable");
    return answer;
  });
  await model.load();
  await model.close("report-1");
  expect([closed, model.get()]).toEqual([["ana report-1"], { state: "loaded", reports: [] }]);
  await model.load();
  expect(model.get().state).toBe("failed");
});
