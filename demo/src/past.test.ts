import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { PageRequestSchema, uuidV7 } from "@parley/protocol";
import { type LogReader, type LogWriter, openSqliteLogInProcess, unlimited } from "@parley/server/core";
import { checkPage, LogHistory, SeededRandom } from "@parley/simulation";
import { DemoClock } from "./demo-clock.ts";
import { past } from "./past.ts";
import { people } from "./people.ts";
import { play } from "./play.ts";

const UNTIL = Date.UTC(2026, 0, 15);
const PAGE = 200;

function historyIn(histories: Map<string, LogHistory>, log: string): LogHistory {
  const history = histories.get(log) ?? new LogHistory((other) => historyIn(histories, other));
  histories.set(log, history);
  return history;
}

/** Writes down what a writer publishes, conversation by conversation. */
function recording(writer: LogWriter, histories: Map<string, LogHistory>): LogWriter {
  return Object.assign(Object.create(writer), {
    follow: () => writer.follow(),
    async execute(batch: Parameters<LogWriter["execute"]>[0]) {
      const outcome = await writer.execute(batch);
      for (const { event } of outcome.published) {
        const history = historyIn(histories, event.log);
        history.append(event);
      }
      return outcome;
    },
  });
}

/** Every page of a conversation, as one viewer is given it. */
async function* pagesFor(reader: LogReader, viewer: string, conversation: string) {
  for (let after = 0; ; ) {
    const cursor = { case: "after", value: after } as const;
    const page = await reader.page(viewer, create(PageRequestSchema, { conversation, cursor, limit: PAGE }));
    if (page === undefined || page.toOrdinal === 0) return;
    yield page;
    if (page.toOrdinal >= page.entryHead) return;
    after = page.toOrdinal;
  }
}

test("[LOG3] [VIS1] the demo's past passes the simulator's checker, for who was always there and who came and went", async () => {
  const random = new SeededRandom("checked");
  const clock = new DemoClock(UNTIL);
  const mintId = () => uuidV7(clock.now(), random.bytes(10));
  const collaborators = { limiter: unlimited };
  const { writer, reader } = await openSqliteLogInProcess({ database: ":memory:", clock, mintId, collaborators });
  const [first = "", ...others] = people.map(() => mintId());
  for (const [index, { userName, displayName }] of people.entries()) {
    await writer.putProfile([first, ...others][index] ?? "", userName, displayName);
  }
  const histories = new Map<string, LogHistory>();
  const steps = past({ accounts: [first, ...others], random, until: UNTIL, longHistory: 500 });
  await play(steps, recording(writer, histories), clock, () => undefined);

  const pictures = [...histories.values()].filter(({ state }) => (state?.picture ?? "") !== "");
  expect(pictures).toHaveLength(6);
  let checked = 0;
  for (const [conversation, history] of histories) {
    for (const { account } of history.state?.members.slice(0, 12) ?? []) {
      for await (const page of pagesFor(reader, account, conversation)) {
        expect(checkPage(history, account, page)).toEqual([]);
        checked += page.entries.length;
      }
    }
  }
  expect(histories.size).toBe(50);
  expect(checked).toBeGreaterThan(10_000);
  await writer.close();
}, 120_000);
