import { expect, test } from "bun:test";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { PrivacySchema, ServerFrameSchema } from "@parley/protocol";
import { checkShown, checkTold } from "./check-told.ts";
import { type PrivacyChange, Secrets } from "./secrets.ts";

const conversation = "tea";
const hiding = { hidesReads: true, hidesPresence: true };
const showing = { hidesReads: false, hidesPresence: false };

/** ben has read up to 4, and may choose what to hide. */
function scene() {
  const secrets = new Secrets();
  let rev = 0;
  const choose = (account: string, change: PrivacyChange) => {
    const choice = secrets.choose(account, change);
    const hides = { hidesReads: change.hidesReads ?? false, hidesPresence: change.hidesPresence ?? false };
    choice.made(create(PrivacySchema, { rev: ++rev, ...hides }));
    choice.over();
  };
  secrets.mark("ben", conversation)(4);
  const check = (viewer: string, frame: NonNullable<MessageInitShape<typeof ServerFrameSchema>["frame"]>) =>
    checkTold(secrets, viewer, create(ServerFrameSchema, { frame })).map(({ rule }) => rule);
  const marks = (read: number) => {
    const memberMarks = [{ conversation, account: "ben", delivered: 9, read }];
    return { case: "registers", value: { memberMarks } } as const;
  };
  return { secrets, choose, check, marks };
}

test("[MRK7] what somebody reads while hiding it is found when another is told, what was read before is not", () => {
  const { secrets, choose, check, marks } = scene();
  choose("ben", hiding);
  secrets.mark("ben", conversation)(7);
  expect(check("ada", marks(4))).toEqual([]);
  expect(check("ada", marks(7))).toEqual(["MRK7"]);
  expect(check("ada", { case: "reset", value: { marks: marks(5).value.memberMarks } })).toEqual(["MRK7"]);
  expect(checkShown(secrets, "ben", conversation, 7).map(({ rule }) => rule)).toEqual(["MRK7"]);
  choose("ben", showing);
  secrets.mark("ben", conversation)(8);
  expect(check("ada", marks(8))).toEqual([]);
});

test("[MRK7] who hides what they read and is told of others is found", () => {
  const { choose, check, marks } = scene();
  choose("ada", hiding);
  expect(check("ada", marks(4))).toEqual(["MRK7"]);
  expect(check("ada", marks(0))).toEqual([]);
  const summary = { conversation, readByAll: 0, latestRead: 1 };
  expect(check("ada", { case: "registers", value: { markSummaries: [summary] } })).toEqual(["MRK7"]);
});

test("a mark that came before its account began to hide, or while it may have ended that, may be told", () => {
  const { secrets, choose, check, marks } = scene();
  const early = secrets.mark("ben", conversation);
  choose("ben", hiding);
  early(6);
  expect(check("ada", marks(6))).toEqual([]);
  const openly = secrets.mark("cleo", conversation);
  const memberMarks = [{ conversation, account: "cleo", read: 3 }];
  expect(check("ada", { case: "registers", value: { memberMarks } })).toEqual([]);
  openly(2);
  expect(check("ada", { case: "registers", value: { memberMarks } })).toEqual(["MRK7"]);
  const late = secrets.mark("ben", conversation);
  const showAgain = secrets.choose("ben", showing);
  late(7);
  showAgain.over();
  expect(check("ada", marks(7))).toEqual([]);
});

test("[MRK7] what a server starts with is found if it tells more than was read openly, unless a mark was under way when the one before died", () => {
  const { secrets, choose } = scene();
  choose("ben", hiding);
  secrets.mark("ben", conversation);
  expect(secrets.mayShow("ben", conversation, 5)).toBe(false);
  choose("ben", showing);
  secrets.mark("ben", conversation);
  expect(secrets.mayShow("ben", conversation, 5)).toBe(true);
  secrets.begun();
  expect(secrets.mayShow("ben", conversation, 5)).toBe(false);
});

test("[SIG2] who hides that they are there is found when told of, and when told", () => {
  const { choose, check } = scene();
  const signals = (presence: { online: boolean; lastSeen?: number }) => ({
    case: "signals" as const,
    value: { presence: [{ account: "ben", ...presence }] },
  });
  expect(check("ada", signals({ online: true }))).toEqual([]);
  choose("ben", hiding);
  expect(check("ada", signals({ online: true }))).toEqual(["SIG2"]);
  expect(check("ada", signals({ online: false, lastSeen: 5 }))).toEqual(["SIG2"]);
  expect(check("ada", signals({ online: false }))).toEqual([]);
  choose("ben", showing);
  choose("ada", hiding);
  expect(check("ada", signals({ online: true }))).toEqual(["SIG2"]);
});
