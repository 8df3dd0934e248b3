import type { Browser } from "playwright-core";
import type { Person } from "./person.ts";

/** The shared workers that run in one person's profile. */
export async function sharedWorkersOf(browser: Browser, person: Person) {
  const session = await browser.newBrowserCDPSession();
  const page = await person.context.newCDPSession(person.page);
  const { targetInfo } = await page.send("Target.getTargetInfo");
  const { targetInfos } = await session.send("Target.getTargets", { filter: [{ type: "shared_worker" }] });
  await session.detach();
  await page.detach();
  return targetInfos.filter(({ browserContextId }) => browserContextId === targetInfo.browserContextId);
}
