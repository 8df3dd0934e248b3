import { EngineFixture, SampleLog, you } from "./engine-fixture.ts";
import { settled } from "./manual-clock.ts";

/** An engine that is online and holds the group with so many posts by the other member. */
export async function inGroup(posts: number, newest = 30): Promise<{ fixture: EngineFixture; log: SampleLog }> {
  const fixture = new EngineFixture();
  const log = new SampleLog();
  for (let index = 1; index <= posts; index++) log.post(you, `message ${index}`);
  await fixture.online({ heads: [{ head: log.head, entryHead: log.entryHead, unread: posts }] });
  fixture.server.tell(log.reset(newest, { unread: posts }));
  await settled();
  return { fixture, log };
}
