import type { Browser } from "playwright-core";
import { type ForcedHost, Person } from "./person.ts";

/** Two people, each in a browser profile of their own, who have their direct conversation open; one message is in it. `host` is that of the first. */
export async function twoPeople(
  browser: Browser,
  address: string,
  one: string,
  other: string,
  host?: ForcedHost,
): Promise<[Person, Person]> {
  const first = await Person.signUp(browser, address, `${one}.fen`, `${one} Fen`, host);
  const second = await Person.signUp(browser, address, `${other}.moss`, `${other} Moss`);
  await first.start([`${other} Moss`]);
  await first.say("hello there");
  await second.open(`${one} Fen`);
  await second.articles.filter({ hasText: "hello there" }).waitFor();
  return [first, second];
}
