import { clientStoreContract } from "@parley/client-store";
import { deleteLocalData, openIndexedDbStore } from "@parley/client-store/indexeddb";
import { indexedDbCases } from "./indexeddb-cases.ts";

export interface CaseResult {
  readonly name: string;
  /** Empty if it held. */
  readonly error: string;
}

/** Runs the contract on IndexedDB, here, each case on a database of its own. */
export async function runContract(place: string): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  const contract = clientStoreContract().map(({ name, run }) => ({
    name,
    run: (account: string) =>
      run({
        open: (closed) => openIndexedDbStore(account, closed === undefined ? {} : { closed }),
        remove: () => deleteLocalData(account),
      }),
  }));
  for (const [index, { name, run }] of [...contract, ...indexedDbCases()].entries()) {
    results.push({ name, error: await outcome(run(`${place}-${index}`)) });
  }
  return results;
}

async function outcome(run: Promise<void>): Promise<string> {
  try {
    await run;
    return "";
  } catch (thrown) {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  }
}
