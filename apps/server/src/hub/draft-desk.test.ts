import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { DraftSchema } from "@parley/protocol";
import { pushDraft } from "./draft-desk.ts";
import { Outlet } from "./outlet.ts";
import type { Register } from "./registers.ts";

test("[DRF1] an answer that was read before a newer draft was told does not take its place", () => {
  const due: (() => void)[] = [];
  const left: number[] = [];
  const clock = {
    now: () => 0,
    elapsed: () => 0,
    after: (_delayMs: number, task: () => void) => {
      due.push(task);
      return () => undefined;
    },
  };
  const registers = new Outlet<Register>(clock, { clear: true }, (values) => {
    for (const value of values) if (value.$typeName === "parley.v1.Draft") left.push(value.version);
  });
  const draft = (version: number) => create(DraftSchema, { conversation: "c", version, text: `text ${version}` });
  pushDraft({ registers }, draft(2));
  pushDraft({ registers }, draft(1));
  for (const task of due) task();
  expect(left).toEqual([2]);
});
