import { readdirSync, readFileSync } from "node:fs";
import type { Browser } from "playwright-core";

/** Kills the process in which a browser's SharedWorker runs, and with it whatever tabs live there; as the system does when memory is short. */
export async function killSharedWorkerProcess(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const holders = processInfo.filter(({ type, id }) => type === "renderer" && runsSharedWorker(id));
  const [holder, ...others] = holders;
  if (holder === undefined || others.length > 0) throw new Error(`${holders.length} processes run shared workers`);
  process.kill(holder.id, "SIGKILL");
}

/** Threads carry names, cut to fifteen characters. */
function runsSharedWorker(pid: number): boolean {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).some((task) => readFileSync(`${tasks}/${task}/comm`, "utf8").startsWith("SharedWorker"));
}
