import { expect, test } from "bun:test";
import { noRightsView } from "@parley/client";
import { en } from "../../../texts/en.ts";
import { TimeFormat } from "../../../texts/time-format.ts";
import { conversationTimer, disappearanceText } from "./conversation-timer.ts";

const rights = { ...noRightsView, setTimer: true };
const format = new TimeFormat(en, "en-GB", () => "Europe/Berlin");

test("it can be set to some lengths, and to the one that it has", () => {
  const { label, choices } = conversationTimer({ timerSeconds: 5, rights }, "direct", en);
  expect(label).toBe("New messages disappear after 5 seconds");
  expect(choices?.map((choice) => choice.label)).toEqual([
    "Never",
    "After 5 seconds",
    "After 1 hour",
    "After 1 day",
    "After 7 days",
    "After 90 days",
  ]);
});

test("who may not set it has nothing to choose, and where messages stay nothing is said", () => {
  expect(conversationTimer({ timerSeconds: 0, rights: noRightsView }, "group", en)).toMatchObject({
    label: "",
    choices: undefined,
  });
});

test("a message says when it disappears, once that is known", () => {
  const at = Date.UTC(2026, 2, 1, 12, 30);
  expect(disappearanceText({ seconds: 60, at, running: true }, en, format)).toContain("13:30");
  expect(disappearanceText({ seconds: 60, at, running: false }, en, format)).toStartWith(
    "Disappears 1 minute after it is read, at the latest",
  );
});
