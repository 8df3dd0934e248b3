import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { selfSigned } from "@parley/rig";
import { CuttingProxy } from "@parley/rig/link";
import { ServerProcess, temporaryFolder } from "@parley/rig/process";
import type { Browser } from "playwright-core";
import { launchChromium } from "./src/chromium.ts";
import { Person } from "./src/person.ts";

const MINUTE = 60_000;
/** A name that browsers do not hold for this machine: over plain http its pages are not secure contexts. */
const NAME = "parley.lan";

let browser: Browser;
let server: ServerProcess;
let proxy: CuttingProxy;
let address: string;

beforeAll(async () => {
  browser = await launchChromium([`--host-resolver-rules=MAP ${NAME} 127.0.0.1`, "--ignore-certificate-errors"]);
  proxy = await CuttingProxy.open(() => server.port);
  address = `http://${NAME}:${new URL(proxy.url).port}`;
  server = await ServerProcess.start(temporaryFolder(), { environment: { PARLEY_ORIGIN: address } });
}, MINUTE);

afterAll(async () => {
  await browser.close();
  proxy.close();
  await server.stop();
}, MINUTE);

test(
  "over plain http on a network's name people sign up, chat, write without a network, reload and sign out; the app says what is missing",
  async () => {
    const ada = await Person.signUp(browser, address, "ada.fen", "Ada Fen");
    expect(
      await ada.page.evaluate(() => [isSecureContext, "locks" in navigator, "serviceWorker" in navigator]),
    ).toEqual([false, false, false]);
    expect(await ada.context.cookies()).toMatchObject([{ httpOnly: true, sameSite: "Strict", secure: false }]);
    await ada.page.getByRole("paragraph").filter({ hasText: "This address is not secure" }).waitFor();
    const bo = await Person.signUp(browser, address, "bo.moss", "Bo Moss");
    await ada.start(["Bo Moss"]);
    await ada.say("hello there");
    await bo.open("Ada Fen");
    await bo.articles.filter({ hasText: "hello there" }).waitFor();
    await bo.say("hello back");
    await ada.articles.filter({ hasText: "hello back" }).waitFor();

    // The page comes from the server; after that nothing does.
    for (const way of ["up", "down"] as const) proxy.set(way, "swallow");
    proxy.cut();
    const passed = proxy.passed("up");
    await ada.say("written in a tunnel");
    await ada.say("and another");
    await ada.articles.filter({ hasText: "and another" }).getByText("Waiting for the network").waitFor();
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
    await bo.context.close();
    await ada.context.close();
  },
  2 * MINUTE,
);

test(
  "[HST5] of two tabs over plain http the one opened last goes on, the other says so and takes over when asked; nothing is lost or doubled",
  async () => {
    const cyn = await Person.signUp(browser, address, "cyn.reed", "Cyn Reed");
    const dee = await Person.signUp(browser, address, "dee.marsh", "Dee Marsh");
    await cyn.start(["Dee Marsh"]);
    await cyn.say("from the first");
    await dee.open("Cyn Reed");
    await dee.articles.filter({ hasText: "from the first" }).waitFor();

    const second = await cyn.anotherTab();
    await second.open("Dee Marsh");
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
    await cyn.context.close();
    await dee.context.close();
  },
  2 * MINUTE,
);

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

test(
  "over https from a certificate that the server was given everything is there: one engine for all tabs, a service worker, a session for https only",
  async () => {
    const secured = await serverWithCertificate();
    const secureAddress = `https://${NAME}:${secured.port}`;
    const eda = await Person.signUp(browser, secureAddress, "eda.fen", "Eda Fen");
    await eda.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const fay = await Person.signUp(browser, secureAddress, "fay.moss", "Fay Moss");
    await eda.start(["Fay Moss"]);
    const tab = await eda.anotherTab();
    await tab.open("Fay Moss");
    await eda.say("under lock and key");
    await tab.articles.filter({ hasText: "under lock and key" }).waitFor();
    await fay.open("Eda Fen");
    await fay.articles.filter({ hasText: "under lock and key" }).waitFor();
    expect(await eda.context.cookies()).toMatchObject([{ httpOnly: true, sameSite: "Strict", secure: true }]);
    expect(await eda.page.getByText("This address is not secure").count()).toBe(0);
    await eda.context.close();
    await fay.context.close();
    await secured.stop();
  },
  2 * MINUTE,
);
