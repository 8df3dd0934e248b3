import { afterEach, expect, test } from "bun:test";
import { join } from "node:path";
import { selfSigned } from "@parley/rig";
import { CuttingProxy } from "@parley/rig/link";
import { ServerProcess, temporaryFolder } from "@parley/rig/process";
import { expectSoon } from "./src/expect-soon.ts";
import { forThisFile } from "./src/for-this-file.ts";
import { shellReady } from "./src/offline-shell.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

/** A name that browsers do not hold for this machine: over plain http its pages are not secure contexts. */
const NAME = "parley.lan";

const proxy = await forThisFile(
  CuttingProxy.open(() => stage.server.port),
  (opened) => opened.close(),
);
const address = `http://${NAME}:${new URL(proxy.url).port}`;
const stage = await Stage.open({
  browserArguments: [`--host-resolver-rules=MAP ${NAME} 127.0.0.1`, "--ignore-certificate-errors"],
  environment: { PARLEY_ORIGIN: address },
});
const here = { address, form: true };

afterEach(() => proxy.heal());

test("over plain http on a network's name people sign up, chat, write without a network, reload and sign out; the app says what is missing", async () => {
  const ada = await stage.newcomer("ada.fen", "Ada Fen", here);
  expect(await ada.page.evaluate(() => [isSecureContext, "locks" in navigator, "serviceWorker" in navigator])).toEqual([
    false,
    false,
    false,
  ]);
  expect(await ada.context.cookies()).toMatchObject([{ httpOnly: true, sameSite: "Strict", secure: false }]);
  // It is read aloud, too.
  await ada.page.getByRole("paragraph").filter({ hasText: "This address is not secure" }).last().waitFor();
  const bo = await stage.newcomer("bo.moss", "Bo Moss", here);
  await ada.start(["Bo Moss"]);
  await ada.say("hello there");
  await bo.open("Ada Fen");
  await bo.say("hello back");
  await ada.articles.filter({ hasText: "hello back" }).waitFor();
  // What is drawn when it is wanted is there before: nothing else keeps it.
  const fetched = () => performance.getEntriesByType("resource").map(({ name }) => name);
  for (const part of ["session-dialog", "thread-pane", "search-panel", "emoji-picker"]) {
    await expectSoon(async () => expect((await ada.page.evaluate(fetched)).join()).toContain(part));
  }

  // The page comes from the server; after that nothing does.
  for (const way of ["up", "down"] as const) proxy.set(way, "swallow");
  proxy.cut();
  const passed = proxy.passed("up");
  await ada.say("written in a tunnel");
  await ada.say("and another");
  await ada.articles.filter({ hasText: "and another" }).getByText("Waiting for the network").waitFor();
  await ada.page.getByRole("button", { name: "Settings" }).click();
  await ada.page.getByRole("dialog").getByRole("switch", { name: "Protocol inspector" }).waitFor();
  await ada.page.keyboard.press("Escape");
  await ada.choose("hello back", "Reply in thread");
  await ada.page.getByRole("region", { name: "Thread" }).waitFor();
  await ada.page.keyboard.press("Escape");
  await ada.page.getByRole("button", { name: "Emoji", exact: true }).click();
  await ada.page.getByRole("dialog", { name: "Emojis" }).getByRole("gridcell").first().waitFor();
  await ada.page.keyboard.press("Escape");
  expect(proxy.passed("up")).toBe(passed);
  for (const way of ["up", "down"] as const) proxy.set(way, "pass");
  await ada.page.reload();
  await bo.articles.filter({ hasText: "and another" }).waitFor();
  expect(await bo.readAll(/hello there|hello back|written in a tunnel|and another/)).toEqual([
    "hello there",
    "hello back",
    "written in a tunnel",
    "and another",
  ]);
  await ada.signOut();
  expect(await ada.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
});

test("[HST5] of two tabs over plain http the one opened last goes on, the other says so and takes over when asked; nothing is lost or doubled", async () => {
  const [cyn, dee] = await stage.twoPeople("Cyn", "Dee", here, here);
  await cyn.say("from the first");
  await dee.articles.filter({ hasText: "from the first" }).waitFor();

  const second = await cyn.anotherTab();
  await second.open("Dee Moss");
  const elsewhere = (tab: Person) => tab.page.getByText("Parley is open in another window that took over.");
  await elsewhere(cyn).waitFor();
  await cyn.say("typed where nothing runs");
  await second.say("from the second");
  await dee.articles.filter({ hasText: "from the second" }).waitFor();

  await cyn.page.getByRole("button", { name: "Use here" }).click();
  await dee.articles.filter({ hasText: "typed where nothing runs" }).waitFor();
  await elsewhere(second).waitFor();
  await cyn.say("from the first again");
  await dee.articles.filter({ hasText: "from the first again" }).waitFor();
  const pattern = /from the first again|from the first|from the second|typed where nothing runs/;
  const everything = await dee.readAll(pattern);
  expect(everything.toSorted()).toEqual(
    ["from the first", "from the first again", "from the second", "typed where nothing runs"].toSorted(),
  );
  expect(await cyn.readAll(pattern)).toEqual(everything);
});

/** A server of the name that speaks TLS itself, on a port that is told beforehand. */
async function serverWithCertificate(): Promise<ServerProcess> {
  const folder = temporaryFolder();
  const { cert, key } = selfSigned(NAME);
  const files = { certificate: join(folder, "certificate.pem"), key: join(folder, "key.pem") };
  await Promise.all([Bun.write(files.certificate, cert), Bun.write(files.key, key)]);
  const first = await ServerProcess.start(folder);
  await first.stop();
  const environment = {
    PARLEY_ORIGIN: `https://${NAME}:${first.port}`,
    PARLEY_TLS_CERT: files.certificate,
    PARLEY_TLS_KEY: files.key,
  };
  return ServerProcess.start(folder, { port: first.port, environment });
}

test("over https from a certificate that the server was given everything is there: one engine for all tabs, a service worker, a session for https only", async () => {
  const secured = await serverWithCertificate();
  const secure = { address: `https://${NAME}:${secured.port}`, form: true };
  const [eda, fay] = await stage.twoPeople("Eda", "Fay", secure, secure);
  await shellReady(eda.page);
  const tab = await eda.anotherTab();
  await tab.open("Fay Moss");
  await eda.say("under lock and key");
  await tab.articles.filter({ hasText: "under lock and key" }).waitFor();
  await fay.articles.filter({ hasText: "under lock and key" }).waitFor();
  expect(await eda.context.cookies()).toMatchObject([{ httpOnly: true, sameSite: "Strict", secure: true }]);
  expect(await eda.page.getByText("This address is not secure").count()).toBe(0);
  await secured.stop();
});
