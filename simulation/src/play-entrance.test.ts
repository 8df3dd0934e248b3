import { expect, test } from "bun:test";
import { compileStatements, sqliteDialect } from "@parley/server/parts";
import { playEntrance } from "./play-entrance.ts";

const statements = compileStatements(sqliteDialect().compiler);
/** `npm run simulate -- --entrance 256` is the same with as many as a group can have. */
const PEOPLE = 48;

test("[INV3] [GRP2] everybody joins by one link, writes and leaves at once, and all see the same", async () => {
  const { events, present, left } = await playEntrance(PEOPLE, statements);
  expect(present).toBe(PEOPLE);
  expect(left).toBe(PEOPLE - 1);
  // Created and invited; and of the others each has joined, written and left.
  expect(events).toBe(2 + (PEOPLE - 1) * 3 + 1);
}, 30_000);

test("a rule that is broken is noticed at the entrance", () => {
  expect(playEntrance(8, statements, "uses of links not stored")).rejects.toThrow(/\[(INV1|LOG3)\]/);
}, 30_000);
