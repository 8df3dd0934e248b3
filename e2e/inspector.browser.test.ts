import { expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open();

test("a developer sees frames, heads and ranges, troubles the connection, has everything sent anew, and takes a bundle without content along", async () => {
  const [anna, ben] = await stage.twoPeople("Anna", "Ben");
  await anna.page.getByRole("button", { name: "Settings" }).click();
  await anna.page.getByRole("switch", { name: "Protocol inspector" }).click();
  await anna.page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  const inspector = anna.page.getByRole("region", { name: "Protocol inspector" });
  await inspector.getByText("No frames yet").waitFor();

  await anna.say("only for Ben");
  await inspector.getByRole("button", { name: /sent submit/ }).click();
  await inspector.getByText('"text": "only for Ben"').waitFor();
  await inspector.getByRole("button", { name: /received answers/ }).waitFor();

  await inspector.getByRole("tab", { name: "Frames" }).press("ArrowRight");
  const row = inspector.getByRole("table", { name: "Conversations" }).getByRole("row").filter({ hasText: "DIRECT" });
  expect(await row.getByRole("cell").allInnerTexts()).toContain("1–3");

  await inspector.getByRole("tab", { name: "Connection" }).click();
  await inspector.getByRole("slider", { name: /Latency/ }).fill("300");
  await inspector.getByText("Latency each way: 300 ms").waitFor();
  await inspector.getByRole("region", { name: "What became of the connection" }).getByText("online").first().waitFor();
  await ben.say("slowly");
  await anna.articles.filter({ hasText: "slowly" }).waitFor();

  // It waits in the outbox for as long as its answer is on the way.
  await inspector.getByRole("slider", { name: /Latency/ }).fill("3000");
  await anna.say("through trouble");
  await inspector.getByRole("tab", { name: "Outbox" }).click();
  await inspector.getByRole("table", { name: "Outbox" }).getByRole("cell", { name: "post", exact: true }).waitFor();
  await inspector.getByRole("tab", { name: "Connection" }).click();
  await inspector.getByRole("slider", { name: /Latency/ }).fill("0");
  await ben.articles.filter({ hasText: "through trouble" }).waitFor();
  await inspector.getByRole("tab", { name: "Outbox" }).click();
  await inspector.getByText("Nothing waits.").waitFor();

  // What is lost meanwhile takes its connection along, of which there is a new one then.
  await inspector.getByRole("tab", { name: "Connection" }).click();
  await inspector.getByRole("slider", { name: /Loss/ }).fill("30");
  await inspector.getByText("Loss: 30 % of frames").waitFor();
  await inspector.getByRole("slider", { name: /Loss/ }).fill("0");
  await inspector.getByRole("button", { name: "Resync" }).click();
  await inspector.getByRole("tab", { name: "Frames" }).click();
  await inspector.getByRole("button", { name: /received reset/ }).waitFor();
  await anna.say("still here");
  await ben.articles.filter({ hasText: "still here" }).waitFor();
  expect(await anna.articles.allInnerTexts()).toHaveLength(5);

  const download = anna.page.waitForEvent("download");
  await inspector.getByRole("button", { name: "Export" }).click();
  const bundle = await readFile(await (await download).path(), "utf8");
  expect(Object.keys(JSON.parse(bundle))).toEqual(["at", "engine", "connections", "frames"]);
  for (const secret of ["only for Ben", "slowly", "through trouble", "Anna", "anna.fen"])
    expect(bundle).not.toContain(secret);

  await inspector.getByRole("button", { name: "Close the inspector" }).click();
  await inspector.waitFor({ state: "detached" });
});
