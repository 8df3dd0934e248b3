import { type CaseResult, runContract } from "./contract-run.ts";
import { fillStore } from "./full-disk-case.ts";

/** Runs the contract where the address says (`#page`, `#shared-worker`, `#worker`), or fills the store (`#full`); leaves the results on `globalThis`. */
const place = location.hash.slice(1);
const results = place === "full" ? await fillStore(place) : await runIn(place);
Object.assign(globalThis, { results });

function runIn(where: string): Promise<readonly CaseResult[]> {
  if (where === "page") return runContract(where);
  return new Promise((resolve, reject) => {
    const options = { type: "module", name: where } as const;
    const worker = where === "worker" ? new Worker("/worker.js", options) : new SharedWorker("/worker.js", options);
    worker.onerror = (event) => reject(new Error(event instanceof ErrorEvent ? event.message : "the worker failed"));
    const port = worker instanceof Worker ? worker : worker.port;
    port.onmessage = ({ data }: MessageEvent<readonly CaseResult[]>) => resolve(data);
  });
}
