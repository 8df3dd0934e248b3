import type { Draft } from "@parley/protocol";
import type { LogSnapshot } from "../log-snapshot.ts";

const DRAFTS_PER_READ = 100;

/** All of them: a device that lacks one in the middle would never ask for it. */
export async function readDrafts(snapshot: LogSnapshot, account: string, after: number): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (;;) {
    const part = await snapshot.drafts(account, drafts.at(-1)?.version ?? after, DRAFTS_PER_READ);
    drafts.push(...part);
    if (part.length < DRAFTS_PER_READ) return drafts;
  }
}
