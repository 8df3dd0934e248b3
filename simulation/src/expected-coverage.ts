import type { Coverage } from "./coverage.ts";

/** What must have happened in a hundred seeds; else they prove less than they seem to. */
const expected = [
  "command post",
  "command edit",
  "command delete",
  "command react",
  "command unreact",
  "command direct",
  "command group",
  "command add",
  "command remove",
  "command leave",
  "command title",
  "command discard",
  "command retry",
  "copy submitted",
  "draft",
  "fan-out late",
  "fan-out lost",
  "fan-out twice",
  "fault backup restored",
  "fault backup taken",
  "fault clock jumps",
  "fault connections reset",
  "fault copies on the other path",
  "fault fan-out unreliable",
  "fault network lost",
  "fault network silent",
  "fault network slow",
  "fault owner frozen and replaced",
  "fault power cut",
  "fault process frozen",
  "fault process killed",
  "fault server crashes",
  "fault server restarts",
  "fault storage full",
  "fault storage slow",
  "frame changes",
  "frame goodbye",
  "frame reset",
  "frame response",
  "mark beyond the head",
  "started together",
] as const;

/** What should have happened and did not. */
export function faultsOfCoverage(coverage: Coverage): string[] {
  return expected.filter((name) => coverage.get(name) === 0);
}
