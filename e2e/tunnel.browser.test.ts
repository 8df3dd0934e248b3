import { expect, test } from "bun:test";
import { CuttingProxy } from "@parley/rig/link";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";
import { threeConversations } from "./src/three-conversations.ts";

const BATCH = 10;

const stage = await Stage.open();
const proxy = await stage.between(CuttingProxy.open);

/** What has to be in a conversation in the end. */
class Written {
  /** In each of its messages, and in no others: by it everybody finds the conversation in the list. */
  readonly word: string;
  readonly texts: string[];
  readonly liked: string[] = [];

  constructor(word: string) {
    this.word = word;
    this.texts = [`${word} 000`];
  }

  /** A batch as fast as hands go: one message is corrected at once, and every other batch one of before is liked. */
  async write(person: Person): Promise<void> {
    await person.open(this.word);
    const liked = this.texts.at(-1);
    for (let count = 0; count < BATCH; count++) {
      const text = `${this.word} ${String(this.texts.length).padStart(3, "0")}`;
      this.texts.push(text);
      await person.sayAll([text]);
      if (count !== 3) continue;
      this.texts[this.texts.length - 1] = `${text} corrected`;
      await person.editLast(`${text} corrected`);
    }
    if (liked === undefined || (this.texts.length / BATCH) % 2 < 1) return;
    await person.choose(liked, "React with 👍");
    this.liked.push(liked);
  }

  async expectOn(person: Person): Promise<void> {
    const newest = this.texts.at(-1) ?? "";
    await person.listItem(newest).waitFor();
    await person.open(this.word);
    await person.goToNewest(newest);
    const pattern = new RegExp(`${this.word} \\d{3}( corrected)?`);
    expect(await person.readAll(pattern)).toEqual(this.texts);
    const liked = await person.articles.filter({ hasText: "👍" }).allInnerTexts();
    expect(liked.flatMap((text) => pattern.exec(text)?.[0] ?? [])).toEqual(this.liked);
    expect(await person.articles.getByText(/Waiting for the network|Sending|Not sent/).count()).toBe(0);
  }
}

test("[OPN1] [OUT1] [OUT5] 200 messages in three conversations, with edits and reactions, a reload and a second tab, on a link that is cut: the other side, there all the time, gets each once and in order", async () => {
  const { ada, bo } = await threeConversations(stage, (word) => `${word} 000`, { address: proxy.url });
  const conversations = [new Written("alone"), new Written("rope"), new Written("page")] as const;
  const [alone, rope, page] = conversations;
  proxy.sever();
  const passed = [proxy.passed("up"), proxy.passed("down")];
  for (let batch = 0; batch < 10; batch++) await conversations[batch % 3]?.write(ada);
  await ada.page.reload();
  await ada.articles.filter({ hasText: alone.texts.at(-1) ?? "" }).waitFor();
  const tab = await ada.anotherTab();
  const inOneTab = async () => {
    for (let batch = 0; batch < 6; batch++) await [rope, alone][batch % 2]?.write(ada);
  };
  const inTheOther = async () => {
    for (let batch = 0; batch < 4; batch++) await page.write(tab);
  };
  await Promise.all([inOneTab(), inTheOther()]);
  expect(conversations.flatMap(({ texts }) => texts)).toHaveLength(203);
  expect([proxy.passed("up"), proxy.passed("down")]).toEqual(passed);
  expect(proxy.swallowed).toBeGreaterThan(0);

  proxy.heal();
  // A person comes back to the page, and the device tries at once.
  await ada.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  for (const { banner } of [ada, tab]) await banner.waitFor({ state: "detached" });
  await Promise.all(
    [bo, ada, tab].map(async (person) => {
      for (const conversation of conversations) await conversation.expectOn(person);
    }),
  );
  const handedOff = () => Object.keys(localStorage).filter((key) => key.includes("hand-off")).length;
  expect(await ada.page.evaluate(handedOff)).toBe(0);
});
