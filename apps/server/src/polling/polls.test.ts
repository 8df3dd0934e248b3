import { expect, test } from "bun:test";
import { closeCodeOf, ProblemCode } from "@parley/protocol";
import { ManualClock } from "../testing/manual-clock.ts";
import type { Poll } from "./poll.ts";
import { Polls } from "./polls.ts";

const MIB = 1024 * 1024;
const HALF = new Uint8Array(MIB / 2);

function open() {
  const clock = new ManualClock();
  let id = 0;
  const nothing = () => undefined;
  const polls = new Polls({
    clock,
    mintId: () => String(++id),
    connections: {
      open: (poll) => ({
        receive: nothing,
        refuse: nothing,
        lost: nothing,
        dismiss: (code) => poll.close(closeCodeOf(code)),
      }),
    },
  });
  const visitor = (account: string) => ({ account, session: `session of ${account}` });
  return { clock, polls, poll: (account: string) => polls.open(visitor(account), "proto") };
}

function fill(poll: Poll, mebibytes: number): void {
  for (let sent = 0; sent < 2 * mebibytes; sent++) poll.send(HALF);
}

test("[POLL8] what waits for all polls of an account together is limited: those for whom most waits are told TOO_SLOW", async () => {
  const { clock, poll } = open();
  const polls = Array.from({ length: 40 }, () => poll("ada"));
  const other = poll("ben");
  fill(other, 4);
  for (const [index, each] of polls.entries()) fill(each, index < 2 ? 3 : 1);
  await clock.advance(0);
  expect(polls.flatMap((each, index) => (each.ended ? [index] : []))).toEqual(
    [0, 1, 2, 3, 4, 5, 6, 7].slice(0, polls.filter((each) => each.ended).length),
  );
  expect(polls[0]?.ended).toBe(true);
  const kept = polls.filter((each) => !each.ended).reduce((sum, each) => sum + each.waiting(), 0);
  expect(kept).toBeLessThanOrEqual(32 * MIB);
  expect(kept).toBeGreaterThan(28 * MIB);
  expect(other.ended).toBe(false);
});

test("[POLL6] of polls that have ended no more is kept to be asked for than 16 MiB: the oldest are forgotten", async () => {
  const { polls, poll } = open();
  const ended = Array.from({ length: 60 }, (_, index) => poll(`account ${index}`));
  for (const each of ended) {
    // A batch that was given, and may be asked for again.
    each.send(HALF);
    await each.receive(1);
    each.close(closeCodeOf(ProblemCode.SHUTTING_DOWN));
  }
  const found = ended.filter(({ id, visitor }) => polls.find(id, visitor.session) !== undefined);
  expect(found).toEqual(ended.slice(-32));
});
