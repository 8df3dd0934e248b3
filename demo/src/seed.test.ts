import { Database } from "bun:sqlite";
import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "@bufbuild/protobuf";
import { PageRequestSchema } from "@parley/protocol";
import { LOG_FILE, readConfig, startNode } from "@parley/server";
import { openSqliteLogInProcess } from "@parley/server/core";
import { SeededRandom } from "@parley/simulation";
import { people } from "./people.ts";
import { seed } from "./seed.ts";

const UNTIL = Date.UTC(2026, 0, 15);
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** What the person shown finds: every conversation, and the newest page of each. */
async function madeBy(seedText: string) {
  const folder = mkdtempSync(join(tmpdir(), "parley-demo-"));
  folders.push(folder);
  await seed({ folder, random: new SeededRandom(seedText), until: UNTIL, longHistory: 300, report: () => undefined });
  const database = new Database(join(folder, LOG_FILE), { strict: true });
  const clock = { now: () => UNTIL };
  const { reader, writer } = await openSqliteLogInProcess({ database, clock, mintId: () => "" });
  const [me] = await reader.findPeople(people[0]?.userName ?? "", 1);
  const viewer = me?.account ?? "";
  const list = await reader.conversations(viewer, 200, "");
  const pages = [];
  for (const { state } of list.conversations) {
    const conversation = state?.id ?? "";
    const cursor = { case: "newest", value: {} } as const;
    pages.push(await reader.page(viewer, create(PageRequestSchema, { conversation, cursor, limit: 200 })));
  }
  await writer.close();
  return { list, pages };
}

describe("the demo's past", () => {
  test("the same seed makes the same people, conversations and messages", async () => {
    const [one, other] = [await madeBy("a"), await madeBy("a")];
    expect(one).toEqual(other);
    expect(one.list.conversations).toHaveLength(50);
    const titles = one.list.conversations.map(({ state }) => state?.title);
    expect(titles).toContain("Everyone");
    expect(titles).toContain("Long history");
    const everyone = one.list.conversations.find(({ state }) => state?.title === "Everyone");
    expect(everyone?.state?.members.filter(({ present }) => present)).toHaveLength(256);
    const entries = one.pages.flatMap((page) => page?.entries ?? []);
    const messages = entries.flatMap(({ body }) => (body.case === "message" ? [body.value] : []));
    expect(messages.some(({ state }) => state.case === "deleted")).toBe(true);
    expect(messages.some(({ editedAt }) => editedAt > 0)).toBe(true);
    expect(messages.some(({ reactions }) => reactions.length > 0)).toBe(true);
    expect(entries.some(({ body }) => body.case === "system" && body.value.what.case === "membersAdded")).toBe(true);
  }, 60_000);

  test("a server starts on it at once", async () => {
    await madeBy("b");
    const dataFolder = folders.at(-1) ?? "";
    const config = readConfig({ PORT: "0", PARLEY_DATA: dataFolder });
    const onBroken = () => undefined;
    const node = await startNode({ config, webFolder: dataFolder, onBroken });
    expect((await fetch(`${node.localUrl}/readyz`)).status).toBe(200);
    await node.stop();
  }, 60_000);
});
