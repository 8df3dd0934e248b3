import { expect, test } from "bun:test";
import { BlockingProxy } from "./src/blocking-proxy.ts";
import { shellReady } from "./src/offline-shell.ts";
import type { ForcedHost, Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open();
/** Between the first of two people and the server. */
const proxy = await stage.between((targetPort) => BlockingProxy.open(targetPort, "pass"));

function answer(status: string, headers: readonly string[], body: string): string {
  const own = [`Content-Length: ${body.length}`, "Connection: close", ...headers];
  return [`HTTP/1.1 ${status}`, ...own, "", body].join("\r\n");
}

const terms = "<!doctype html><title>Free Wi-Fi</title><h1>Accept our terms</h1>";
const portals = [
  ["a page", answer("200 OK", ["Content-Type: text/html"], terms)],
  ["a page for those who are not signed in", answer("401 Unauthorized", ["Content-Type: text/html"], terms)],
  ["a way to elsewhere", answer("302 Found", ["Location: /portal", "Content-Type: text/html"], terms)],
] as const;

/** The first of them reaches the server through the proxy. */
function pair(one: string, other: string, host?: ForcedHost): Promise<[Person, Person]> {
  return stage.twoPeople(one, other, { address: proxy.url, host });
}

test("[CON7] a portal that answers in the server's place signs nobody out and loses nothing, is told, and gives way by itself", async () => {
  const [ada, bo] = await pair("Ada", "Bo");
  await shellReady(ada.page);
  const said: string[] = [];
  for (const [name, portal] of portals) {
    proxy.replace(portal);
    await ada.banner.getByText("something else answers in the server’s place").waitFor();
    said.push(`behind ${name}`);
    await ada.say(`behind ${name}`);
    const message = ada.articles.filter({ hasText: `behind ${name}` }).last();
    await message.getByText("Waiting for the network").waitFor();
    await ada.page.reload();
    await ada.composer.waitFor();
    await message.getByText("Waiting for the network").waitFor();
    await ada.banner.getByText("something else answers in the server’s place").waitFor();
    expect(await ada.page.getByText(/session has ended|Accept our terms/).count()).toBe(0);
    proxy.replace(undefined);
    await bo.articles
      .filter({ hasText: `behind ${name}` })
      .last()
      .waitFor();
    await ada.banner.waitFor({ state: "detached" });
  }
  expect(await bo.readAll(/behind .*$/m)).toEqual(said);
});

test("[CON3] a server that asks for patience gets it, and a person who asks to try now is let", async () => {
  const [cai, dot] = await pair("Cai", "Dot");
  proxy.replace(answer("503 Service Unavailable", ["Retry-After: 600"], "Later.\n"));
  await cai.banner.getByText("The server asks you to wait").waitFor();
  await cai.banner.getByText("Trying again in 10 minutes").waitFor();
  await cai.say("whenever you like");
  proxy.replace(undefined);
  await cai.banner.getByText("Trying again in").waitFor();
  await cai.banner.getByRole("button", { name: "Try now" }).click();
  await dot.articles.filter({ hasText: "whenever you like" }).waitFor();
  await cai.banner.waitFor({ state: "detached" });
});

test("[CON8] a browser that believes its network lost, and returned, many times a second keeps a connection that works", async () => {
  const [eve, fay] = await pair("Eve", "Fay", "tab");
  const before = proxy.asked;
  await eve.page.evaluate(async () => {
    for (let time = 0; time < 200; time++) {
      window.dispatchEvent(new Event(time % 2 === 0 ? "offline" : "online"));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
  await eve.say("still here");
  await fay.articles.filter({ hasText: "still here" }).waitFor();
  expect([proxy.upgraded, proxy.asked]).toEqual([1, before]);
});

const numbers = Array.from({ length: 20 }, (_, index) => `message ${String(index + 1).padStart(2, "0")}`);

test.each(["shared", "leader", "tab"] as const)(
  "[CON4] a session that ends while 20 messages wait keeps them, and signing in again sends each once (%s)",
  async (host) => {
    const [gia, hal] = await pair(`Gia${host}`, `Hal${host}`, host);
    proxy.replace("");
    await gia.sayAll(numbers);
    await gia.articles.filter({ hasText: "message 20" }).getByText("Waiting for the network").waitFor();
    await gia.context.clearCookies();
    proxy.replace(undefined);
    await gia.banner.getByText("Your session has ended").waitFor();
    await gia.articles.filter({ hasText: "message 20" }).waitFor();
    expect(await hal.articles.filter({ hasText: "message" }).count()).toBe(0);
    await gia.signInAgain();
    await hal.articles.filter({ hasText: "message 20" }).waitFor();
    for (const person of [gia, hal]) expect(await person.readAll(/message \d\d/)).toEqual(numbers);
  },
);
