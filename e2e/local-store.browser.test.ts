import { expect, test } from "bun:test";
import { expectSoon } from "./src/expect-soon.ts";
import type { Person } from "./src/person.ts";
import { Stage } from "./src/stage.ts";

const stage = await Stage.open();

test("[OUT1] a local store that cannot be opened says so, and is rebuilt with what was typed and not yet sent", async () => {
  const [ria, sam] = await stage.twoPeople("Ria", "Sam");
  await stage.server.kill();
  await ria.say("typed while the server was away");
  await ria.allIsStored();
  const conversation = ria.page.url();
  await makeDatabaseNewer(ria);
  await stage.startServerAgain();
  await ria.page.goto(conversation);
  await ria.page.getByText("made by a newer Parley").waitFor();
  await ria.page.getByRole("button", { name: "Fetch everything again" }).click();
  for (const person of [ria, sam]) {
    await person.articles.filter({ hasText: "hello there" }).waitFor();
    await person.articles.filter({ hasText: "typed while the server was away" }).waitFor();
    expect(await person.articles.count()).toBe(2);
  }
});

test("a local store that the browser throws away comes back from the server, and nobody is signed out", async () => {
  const [tia, uwe] = await stage.twoPeople("Tia", "Uwe");
  await tia.page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) if (name !== undefined) indexedDB.deleteDatabase(name);
  });
  await uwe.say("are you still there");
  await tia.articles.filter({ hasText: "are you still there" }).waitFor();
  await tia.say("of course");
  await uwe.articles.filter({ hasText: "of course" }).waitFor();
  await expectSoon(async () => expect(await tia.articles.count()).toBe(3));
});

/** Leaves the app, and writes its databases as a newer version of it would. */
async function makeDatabaseNewer(person: Person): Promise<void> {
  // A page of the same origin that is not the app; the server is away, so the browser must have it already.
  await person.page.route("**/blank", (route) =>
    route.fulfill({ contentType: "text/html", body: "<title>Blank</title>" }),
  );
  await person.page.goto(`${stage.server.url}/blank`);
  await person.page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue;
      await new Promise((resolve, reject) => {
        const request = indexedDB.open(name, 1_000);
        request.onupgradeneeded = () => request.result.createObjectStore("of-the-future");
        request.onsuccess = () => {
          request.result.close();
          resolve(undefined);
        };
        request.onerror = () => reject(request.error);
      });
    }
  });
}
