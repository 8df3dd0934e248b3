import { describe, expect, test } from "bun:test";
import { answerPage } from "../testing/answer-page.ts";
import { EngineFixture, group, me, newId, SampleLog, you } from "../testing/engine-fixture.ts";
import { settled } from "../testing/manual-clock.ts";

/** Online in a group with what one said oneself and so many answers by the other one, of which the newest so many are held. */
async function answered(answers: number, held: number) {
  const fixture = new EngineFixture();
  const log = new SampleLog();
  log.post(me, "mine");
  for (let index = 1; index <= answers; index++) log.post(you, `answer ${index}`);
  await fixture.online({ heads: [{ head: log.head, entryHead: log.entryHead }], preferences: {} });
  fixture.server.tell(log.reset(held));
  await settled();
  const tell = async (seq: number, body: Parameters<typeof accountEvent>[1]) => {
    fixture.server.tell(accountEvent(seq, body));
    await settled();
  };
  const hide = (seq: number, from: number, to: number) =>
    tell(seq, { case: "messagesHidden", value: { conversation: group, runs: [{ from, to }], unlists: false } });
  return { fixture, log, hide, tell };
}

type Told = Extract<Parameters<EngineFixture["server"]["tell"]>[0], { case: "accountEvent" }>;

function accountEvent(seq: number, body: NonNullable<Told["value"]["body"]>): Told {
  return { case: "accountEvent", value: { seq, id: newId(), receivedAt: 1, body } };
}

function newest({ engine }: EngineFixture): string | undefined {
  return engine.conversations.get().conversations[0]?.newest?.text;
}

describe("the last message in the list", () => {
  test("[HID2] is fetched from before what is hidden, in one piece however much that is, and kept", async () => {
    const { fixture, log, hide } = await answered(1_500, 30);
    expect(newest(fixture)).toBe("answer 1500");
    await hide(1, 3, 1_502);
    expect(newest(fixture)).toBeUndefined();
    await answerPage(fixture, log);
    expect(newest(fixture)).toBe("mine");
    expect(fixture.server.take("request")).toEqual([]);
    const again = new EngineFixture(fixture.disk, fixture.clock);
    again.server.accepts = false;
    await again.engine.start();
    expect(newest(again)).toBe("mine");
  });

  test("[HID2] is asked for again after the network was lost, and there is nothing to ask for where nothing is left", async () => {
    const { fixture, log, hide } = await answered(100, 30);
    await hide(1, 60, 102);
    fixture.server.drop();
    await fixture.clock.advance(2_000);
    fixture.server.frames.splice(0);
    await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
    await answerPage(fixture, log);
    expect(newest(fixture)).toBe("answer 57");
    await hide(2, 1, 59);
    expect(newest(fixture)).toBeUndefined();
    expect(fixture.server.take("request")).toEqual([]);
  });

  test("[BLK3] [BLK4] and nothing else is read again for each message that somebody who is blocked writes, here or elsewhere", async () => {
    const { fixture, log, tell } = await answered(20, 30);
    const cut = { account: you, blocked: true, conversation: group, ordinal: 12, seq: 12 };
    for (const [seq, value] of [cut, { ...cut, conversation: newId(), ordinal: 0, seq: 0 }].entries()) {
      await tell(seq + 1, { case: "blockedSet", value });
      const { count } = fixture.reads;
      for (const text of ["more", "and more"]) {
        fixture.server.tell({ case: "event", value: { event: log.post(you, text) } });
        await settled();
      }
      // Elsewhere one row at a time is read for what is unread.
      expect(fixture.reads.count - count).toBeLessThanOrEqual(seq * 2);
      expect(newest(fixture)).toBe(seq === 0 ? "answer 10" : "mine");
    }
    fixture.server.tell({ case: "event", value: { event: log.post(me, "mine, too") } });
    await settled();
    expect(newest(fixture)).toBe("mine, too");
    fixture.server.tell({ case: "event", value: { event: log.post(you, "after that") } });
    await settled();
    expect(newest(fixture)).toBe("mine, too");
  });

  test("[BLK4] is looked for among what blocked people wrote, step by step and so far as is worth it", async () => {
    const blocked = { account: you, blocked: true, conversation: newId(), ordinal: 0, seq: 0 };
    const near = await answered(120, 30);
    await near.tell(1, { case: "blockedSet", value: blocked });
    for (let pages = 0; pages < 2; pages++) await answerPage(near.fixture, near.log);
    expect(newest(near.fixture)).toBe("mine");
    const far = await answered(3_000, 30);
    await far.tell(1, { case: "blockedSet", value: blocked });
    for (let pages = 0; pages < 20; pages++) await answerPage(far.fixture, far.log);
    expect(far.fixture.server.take("request")).toEqual([]);
    expect(newest(far.fixture)).toBeUndefined();
  });
});
